import { type OnCase, rowOf, type Sample, sections } from './bench-result.js';
import { root } from './package.js';
import { samplesByTurns } from './rounds.js';
import { packageFile, runNode } from './run-node.js';

const tsx = packageFile('tsx', 'dist/cli.mjs');

/** What a maintainer waits for at each change. None changes what is there; `npm run check` tells the times of the rest. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'npm run generate:check': [tsx, 'scripts/generate.ts', '--check'],
  'npm run build': [tsx, 'scripts/build.ts'],
};

/** Measures how long the pipeline takes. */
export async function measurePipeline(rounds: number, onCase: OnCase): Promise<void> {
  const candidates = Object.fromEntries(Object.entries(commands).map(([name, args]) => [name, () => run(name, args)]));
  const samples = await samplesByTurns(candidates, rounds);
  const rows = Object.entries(samples).map(([name, list]) => rowOf(name, sections.pipeline.columns, list));
  onCase({ section: 'pipeline', name: 'commands', rows });
}

async function run(name: string, args: readonly string[]): Promise<Sample> {
  const start = performance.now();
  const { code, stderr } = await runNode([...args], { cwd: root });
  if (code !== 0) throw new Error(`${name} failed:\n${stderr}`);
  return { took: (performance.now() - start) / 1000 };
}
