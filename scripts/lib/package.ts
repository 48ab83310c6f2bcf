import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './command.js';

/** The folder of this project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder to work in: the one asked for, else that of this project. */
export function projectRoot(asked: string | undefined): string {
  const folder = resolve(asked ?? root);
  if (!existsSync(join(folder, 'redocly.yaml'))) throw new UsageError(`There is no redocly.yaml in ${folder}.`);
  return folder;
}

/** Where the package is built to. */
export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export const readmeFile = 'README.md';

/** What the scripts need of package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export const manifest: Manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
