import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dist } from '../lib/package.js';
import { BuildError, build } from './build.js';

export async function main(): Promise<number> {
  const start = performance.now();
  try {
    const { javascript, declarations } = await build();
    const time = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    const sizes = await Promise.all(javascript.map(async (file) => `dist/${file} (${await kilobytes(file)})`));
    console.log(`Built ${sizes.join(', ')} and ${declarations.length} declaration files in ${time}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`${error.message}\n\nNothing was built; dist/ is unchanged.`);
    return 1;
  }
}

async function kilobytes(file: string): Promise<string> {
  return `${((await stat(join(dist, file))).size / 1000).toFixed(1)} kB`;
}
