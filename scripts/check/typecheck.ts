import { parseArgs } from 'node:util';
import { compilers } from '../lib/compilers.js';
import { root } from '../lib/package.js';
import { runNode } from '../lib/run-node.js';

const usage = 'Usage: npm run typecheck';

/** The one that finds a mistake soonest comes first. */
const versions = ['TypeScript 7', 'TypeScript 6'] as const;
const projects = ['tsconfig.json', 'tsconfig.neutral.json'];

export async function main(args: string[]): Promise<number> {
  try {
    parseArgs({ args, options: {} });
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  for (const version of versions) {
    const start = performance.now();
    for (const project of projects) {
      const { code, stdout } = await runNode([compilers[version], '-p', project, '--noEmit'], { cwd: root });
      if (code !== 0) {
        console.error(`${stdout.trimEnd()}\n${version} refuses ${project}.`);
        return 1;
      }
    }
    console.log(`${version} passes ${projects.join(' and ')} (${((performance.now() - start) / 1000).toFixed(1)} s).`);
  }
  return 0;
}
