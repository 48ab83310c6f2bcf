import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumHint, findChromium } from '../lib/chromium.js';
import { ContractError } from '../lib/contract.js';
import { root } from '../lib/package.js';
import { look } from './look.js';
import { buildPage, PageError } from './page.js';

const usage = `Usage: npm run docs [-- --no-look]
  --no-look  only build the page; do not open it in Chromium`;

const folder = join(root, 'dist-docs');
const file = join(folder, 'index.html');
const screenshots = join(folder, 'screenshots');

export async function main(args: string[]): Promise<number> {
  let noLook: boolean | undefined;
  try {
    noLook = parseArgs({ args, options: { 'no-look': { type: 'boolean' } } }).values['no-look'];
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  try {
    await build();
  } catch (error) {
    if (!(error instanceof PageError || error instanceof ContractError)) throw error;
    console.error(error.message);
    return 1;
  }
  return noLook ? 0 : lookAtPage();
}

async function build(): Promise<void> {
  const start = performance.now();
  const page = await buildPage(root);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(file, page);
  const size = (Buffer.byteLength(page) / 1e6).toFixed(1);
  console.log(`Wrote ${relative(root, file)}, ${size} MB, in ${seconds(start)}. It opens without a server.`);
}

async function lookAtPage(): Promise<number> {
  const executable = findChromium();
  if (!executable) {
    console.error(`There is no Chromium to look at the page with. To have it: ${chromiumHint}`);
    return process.env.CI ? 1 : 0;
  }
  const start = performance.now();
  const { faults, screenshots: saved } = await look(executable, file, screenshots);
  for (const fault of faults) console.error(fault);
  const verdict = faults.length === 0 ? 'Nothing is wrong with it' : `${faults.length} faults`;
  const where = `${saved.length} screenshots in ${relative(root, screenshots)}/`;
  console.log(`Looked at it in Chromium for ${seconds(start)}. ${verdict}; ${where}.`);
  return faults.length === 0 ? 0 : 1;
}

const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
