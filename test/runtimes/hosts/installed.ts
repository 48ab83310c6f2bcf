import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../node_modules');

/** How to install what package.json lists. */
export const install = 'npm ci --prefix test/runtimes';

/** An installed file, or undefined if it is not installed. */
export function installedFile(path: string): string | undefined {
  const file = join(modules, path);
  return existsSync(file) ? file : undefined;
}

/** Loads an installed package. Its types are declared here, because it may not be installed when types are checked. */
export function loadInstalled<Module>(name: string): Module {
  return createRequire(join(modules, 'x'))(name);
}
