import type { GrowthResult, GrowthTask } from './growth.js';
import type { Programs } from './programs.js';
import { type OnCase, rowOf, sections } from './result.js';

/** Measures what grows with use: a store of keys, and a queue of calls. */
export async function measureGrowth(programs: Programs, rounds: number, onCase: OnCase): Promise<void> {
  const task: GrowthTask = { files: programs.files, rounds };
  const result = await programs.result<GrowthResult>('growth', task, ['--expose-gc']);
  for (const [name, samples] of Object.entries(result)) {
    const rows = Object.entries(samples).map(([row, list]) => {
      const columns = sections.growth.columns.filter((column) => list[0]?.[column] !== undefined);
      return rowOf(row, columns, list);
    });
    onCase({ section: 'growth', name, rows });
  }
}
