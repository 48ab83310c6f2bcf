import type { Programs } from './programs.js';
import { type BenchRow, type OnCase, rowOf, sections } from './result.js';
import type { ScaleResult, ScaleTask } from './scale.js';
import type { ScaleEffort } from './sections.js';

const cases = { 'one after another': 1, '10 at once': 10, '100 at once': 100 };

/** Measures many calls of a client, each time in a process of its own that can ask for garbage collection. */
export async function measureScale(
  programs: Programs,
  { clients, ...calls }: ScaleEffort,
  onCase: OnCase,
  apiPort: number,
): Promise<void> {
  const { files } = programs;
  for (const [name, concurrency] of Object.entries(cases)) {
    const rows: BenchRow[] = [];
    for (const client of clients) {
      const task: ScaleTask = { files, apiPort, client, concurrency, ...calls };
      const result = await programs.result<ScaleResult>('scale', task, ['--expose-gc']);
      rows.push(rowOf(client, sections.scale.columns, [result]));
    }
    onCase({ section: 'scale', name, rows });
  }
}
