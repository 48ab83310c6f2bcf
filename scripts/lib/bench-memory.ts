import { once } from 'node:events';
import type { MemoryResult, MemoryTask } from '../bench/memory.js';
import type { Programs } from './bench-programs.js';
import { type BenchCase, type Rounds, rowOf, type SectionName } from './bench-result.js';

/** Measures sections that need no network, all in one process. */
export async function measureMemory(
  programs: Programs,
  sections: readonly SectionName[],
  { count: rounds, ms: sliceMs }: Rounds,
  onCase: (result: BenchCase) => void,
): Promise<void> {
  const task: MemoryTask = { files: programs.files, sections, rounds, sliceMs };
  const child = programs.start('memory', task);
  child.on('message', ({ section, body, samples }: MemoryResult) => {
    const rows = Object.entries(samples).map(([name, numbers]) => rowOf(name, numbers));
    onCase({ section: section as SectionName, name: body, rows });
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Measuring in memory ended with ${code}.`);
}
