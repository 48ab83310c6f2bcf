import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { projectRoot } from '../lib/package.js';
import { main as generate } from './index.js';

/** One run of `npm run generate:watch`, which `tsx watch` restarts after each save: generates, then runs the contract tests. */
export async function main(args: string[]): Promise<number> {
  const code = await generate(args);
  if (code === 2) return code;
  if (code === 0) await runContractSuite(args);
  console.log('\nWatching openapi/, redocly.yaml and package.json. Press Ctrl+C to stop.');
  return code || Number(process.exitCode ?? 0);
}

/** On failure, vitest sets `process.exitCode`. */
async function runContractSuite(args: string[]): Promise<void> {
  const { root } = parseArgs({ args, options: { root: { type: 'string' } } }).values;
  const vitest = await startVitest('test', [], {
    root: projectRoot(root),
    project: ['contract'],
    watch: false,
    // The default loader writes a temporary file, which would make tsx restart.
    configLoader: 'native',
  });
  await vitest.close();
}
