import { compilers } from '../lib/compilers.js';
import { packageFile, runNode } from '../lib/run-node.js';
import { generate, isOfSources } from './generate.js';
import type { Step, StepResult } from './watch.js';

/** What `npm run generate:watch` does after each save. Without fresh types, checking them says nothing. */
export const watchSteps = (root: string): Step[] => [
  { name: 'generate', gate: true, run: (signal) => generated(root, signal) },
  // TypeScript 7: a quarter of the time of TypeScript 6.
  {
    name: 'type check',
    run: (signal) => tool(root, [compilers['TypeScript 7'], '--noEmit'], signal),
  },
  {
    name: 'contract suite',
    run: (signal) => tool(root, [packageFile('vitest', 'vitest.mjs'), 'run', '--project', 'contract'], signal),
  },
];

async function generated(root: string, signal: AbortSignal): Promise<StepResult> {
  try {
    const files = (await generate(root, signal)).map(({ file }) => file);
    return { ok: true, output: files.length > 0 ? `wrote ${files.join(', ')}` : 'nothing to write' };
  } catch (error) {
    if (!isOfSources(error)) throw error;
    return { ok: false, output: error.message };
  }
}

async function tool(root: string, args: string[], signal: AbortSignal): Promise<StepResult> {
  const { code, stdout, stderr } = await runNode(args, { cwd: root, signal });
  return { ok: code === 0, output: code === 0 ? '' : `${stdout}\n${stderr}` };
}
