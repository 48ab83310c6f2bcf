import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

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
