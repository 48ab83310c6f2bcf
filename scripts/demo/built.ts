import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from '../lib/package.js';

/** The package as it is published. The type checker sees the sources instead: dist/ may not have been built. */
export async function importBuilt(): Promise<typeof import('../../src/index.js')> {
  const file = join(dist, 'index.js');
  if (!existsSync(file)) throw new Error('There is no dist/index.js: run `npm run build` first.');
  return import(pathToFileURL(file).href);
}
