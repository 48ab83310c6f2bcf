import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { projectRoot } from '../lib/package.js';
import { main as generate } from './index.js';

/** One run of `npm run generate:watch`, which `tsx watch` starts anew after each save: generates, then runs the contract suite. */
export async function main(args: string[]): Promise<number> {
  const code = await generate(args);
  if (code === 2) return code;
  if (code === 0) await runContractSuite(args);
  console.log('\nWatching openapi/, redocly.yaml and package.json; Ctrl+C ends.');
  return code || Number(process.exitCode ?? 0);
}

/** A failure is in `process.exitCode`, as vitest leaves it. */
async function runContractSuite(args: string[]): Promise<void> {
  const { root } = parseArgs({ args, options: { root: { type: 'string' } } }).values;
  const vitest = await startVitest('test', [], {
    root: projectRoot(root),
    project: ['contract'],
    watch: false,
    // The other loader writes a temporary file, which tsx would see and start anew for.
    configLoader: 'native',
  });
  await vitest.close();
}
