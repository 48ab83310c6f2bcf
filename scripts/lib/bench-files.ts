import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartOf } from './bench-chart.js';
import type { Verdict } from './bench-claims.js';
import { markdownReport } from './bench-report.js';
import type { BenchCase } from './bench-result.js';
import { replaceBetween } from './markers.js';
import { root } from './package.js';

const reportFile = 'BENCHMARKS.md';
const chartFile = '.github/benchmarks.svg';
const markers = { start: '<!-- bench:start (written by npm run bench) -->', end: '<!-- bench:end -->' };

/** Writes down what was measured, in words' place between the markers and as a chart. Gives the files. */
export async function writeReport(
  results: readonly BenchCase[],
  verdicts: readonly Verdict[],
  about: string,
): Promise<readonly string[]> {
  const file = join(root, reportFile);
  const report = `\n${markdownReport(results, verdicts, about)}\n`;
  const changed = replaceBetween(await readFile(file, 'utf8'), markers, report);
  if (changed === undefined) {
    throw new Error(
      `${reportFile} must hold the lines "${markers.start}" and "${markers.end}": the tables go between.`,
    );
  }
  await writeFile(file, changed);
  await writeFile(join(root, chartFile), chartOf(results));
  return [reportFile, chartFile];
}
