import type { ScaleResult, ScaleTask } from '../bench/scale.js';
import type { Programs } from './bench-programs.js';
import { type OnCase, rowOf, sections } from './bench-result.js';
import type { ScaleEffort } from './bench-sections.js';
import { samplesByTurns } from './rounds.js';

const cases = { 'one after another': 1, '10 at once': 10, '100 at once': 100 };

/** Measures many calls of a client, each time in a process of its own that can ask for garbage collection. */
export async function measureScale(
  programs: Programs,
  { rounds, clients, ...calls }: ScaleEffort,
  onCase: OnCase,
  apiPort: number,
): Promise<void> {
  const { files } = programs;
  for (const [name, concurrency] of Object.entries(cases)) {
    const run = (client: string) => {
      const task: ScaleTask = { files, apiPort, client, concurrency, ...calls };
      return programs.result<ScaleResult>('scale', task, ['--expose-gc']);
    };
    const candidates = Object.fromEntries(clients.map((client) => [client, () => run(client)]));
    const samples = await samplesByTurns(candidates, rounds);
    const rows = Object.entries(samples).map(([client, results]) => rowOf(client, sections.scale.columns, results));
    onCase({ section: 'scale', name, rows });
  }
}
