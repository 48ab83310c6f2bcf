import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { command } from '../lib/command.js';
import { ContractError } from '../lib/contract.js';
import { root } from '../lib/package.js';
import { buildPage } from './page.js';

const file = join(root, 'dist-docs/index.html');

export const main = command('Usage: npm run docs', {}, async () => {
  try {
    const page = await buildPage(root);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, page);
    console.log(`Wrote ${relative(root, file)}. Open it in a browser; it needs no server.`);
    return 0;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  }
});
