import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../lib/package.js';
import { section, withSection } from '../lib/written-section.js';
import { chartOf } from './chart.js';
import type { Verdict } from './claims.js';
import { markdownReport } from './report.js';
import type { BenchCase } from './result.js';

const reportFile = 'BENCHMARKS.md';
const chartFile = '.github/benchmarks.svg';
const tables = section('bench', 'npm run bench');

/** Writes down what was measured, in words' place between the markers and as a chart. Gives the files. */
export async function writeReport(
  results: readonly BenchCase[],
  verdicts: readonly Verdict[],
  about: string,
): Promise<readonly string[]> {
  const file = join(root, reportFile);
  const report = `\n${markdownReport(results, verdicts, about)}\n`;
  const changed = withSection(await readFile(file, 'utf8'), tables, report);
  if (changed === undefined) {
    throw new Error(`${reportFile} must hold the lines "${tables.start}" and "${tables.end}": the tables go between.`);
  }
  await writeFile(file, changed);
  await writeFile(join(root, chartFile), chartOf(results));
  return [reportFile, chartFile];
}
