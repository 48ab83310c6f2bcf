import { once } from 'node:events';
import type { TurnsResult, TurnsTask } from './by-turns.js';
import type { Programs } from './programs.js';
import { type OnCase, type Rounds, rowOf, type SectionName, sectionOf } from './result.js';

/** Measures a section whose contenders take turns in one process. */
export async function measureContenders(
  programs: Programs,
  section: SectionName,
  { count: rounds, ms: sliceMs, warmUpMs }: Rounds,
  onCase: OnCase,
): Promise<void> {
  const { columns } = sectionOf(section);
  const task: TurnsTask = { files: programs.files, section, rounds, sliceMs, warmUpMs };
  const child = programs.start('by-turns', task);
  child.on('message', ({ name, samples }: TurnsResult) => {
    const rows = Object.entries(samples).map(([contender, costs]) => rowOf(contender, columns, costs));
    onCase({ section, name, rows });
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Measuring ${section} ended with ${code}.`);
}
