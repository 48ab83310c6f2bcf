import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './command.js';

/** The folder of this project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder to work in: the requested one, or by default this project. */
export function projectRoot(requested: string | undefined): string {
  const folder = resolve(requested ?? root);
  if (!existsSync(join(folder, 'redocly.yaml'))) throw new UsageError(`There is no redocly.yaml in ${folder}.`);
  return folder;
}

/** The folder of the built package. */
export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export const readmeFile = 'README.md';

/** The tables and recipes that are too long for the README. */
export const referenceFile = 'docs/reference.md';

/** The fields of package.json that the scripts need. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export const manifest: Manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
