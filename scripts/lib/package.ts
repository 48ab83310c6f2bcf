import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

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
