import { readGateTimes } from '../check/gate-times.js';
import { root } from '../lib/package.js';
import { packageFile, runNode } from '../lib/run-node.js';
import { type BenchRow, type OnCase, rowOf, type Sample, sections } from './result.js';
import { samplesByTurns } from './rounds.js';

const tsx = packageFile('tsx', 'dist/cli.mjs');

/** What a maintainer waits for at each change. None changes what is there. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'npm run generate:check': [tsx, 'scripts/run.ts', 'generate', '--check'],
  'npm run build': [tsx, 'scripts/run.ts', 'build'],
};

/** Measures how long the pipeline takes. */
export async function measurePipeline(rounds: number, onCase: OnCase): Promise<void> {
  const candidates = Object.fromEntries(Object.entries(commands).map(([name, args]) => [name, () => run(name, args)]));
  const samples = await samplesByTurns(candidates, rounds);
  const rows = Object.entries(samples).map(([name, list]) => rowOf(name, sections.pipeline.columns, list));
  onCase({ section: 'pipeline', name: 'commands', rows: [...rows, ...(await lastCheck())] });
}

/** What takes minutes is not run again for its time: `npm run check` has written down how long it took. */
async function lastCheck(): Promise<BenchRow[]> {
  const times = await readGateTimes();
  const all = Object.values(times).reduce((sum, seconds) => sum + seconds, 0);
  return [
    { name: 'npm test, in the last npm run check', values: { took: times.test ?? Number.NaN } },
    { name: 'npm run check, the last', values: { took: all || Number.NaN } },
  ];
}

async function run(name: string, args: readonly string[]): Promise<Sample> {
  const start = performance.now();
  const { code, stderr } = await runNode([...args], { cwd: root });
  if (code !== 0) throw new Error(`${name} failed:\n${stderr}`);
  return { took: (performance.now() - start) / 1000 };
}
