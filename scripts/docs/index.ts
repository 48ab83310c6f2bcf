import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ContractError } from '../lib/contract.js';
import { root } from '../lib/package.js';
import { buildPage, PageError } from './page.js';

const usage = 'Usage: npm run docs';

const file = join(root, 'dist-docs/index.html');

export async function main(args: string[]): Promise<number> {
  try {
    parseArgs({ args, options: {} });
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const start = performance.now();
  try {
    const page = await buildPage(root);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, page);
    const [size, time] = [Buffer.byteLength(page) / 1e6, (performance.now() - start) / 1000];
    console.log(
      `Wrote ${relative(root, file)}, ${size.toFixed(1)} MB, in ${time.toFixed(1)} s. It opens without a server.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof PageError || error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  }
}
