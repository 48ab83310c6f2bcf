import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, UsageError } from '../lib/command.js';
import { root } from '../lib/package.js';
import { section, withSection } from '../lib/written-section.js';
import { chartOf } from './chart.js';
import { benchFolder, type Effort, makeProject } from './harness.js';
import { aboutThisRun, conclusions, peers, sectionTable } from './report.js';
import { measureSection, type Results, sections } from './sections.js';

const reportFile = 'BENCHMARKS.md';
const sectionNames = Object.keys(sections);

const usage = `Usage: npm run bench [-- --quick] [-- --only <section>]
  --quick           three short rounds: enough for a ranking, not for exact figures
  --only <section>  measure only this section; can be repeated
Without options, the results are written to ${reportFile} and its chart.
Sections: ${sectionNames.join(', ')}`;

const thorough: Effort = { rounds: 5, warmUpMs: 500, measuredMs: 200 };
const quick: Effort = { rounds: 3, warmUpMs: 50, measuredMs: 40 };

const flags = { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } } as const;

export const main = command(usage, flags, async ({ quick: isQuick, only }) => {
  const unknown = only?.find((name) => !sectionNames.includes(name));
  if (unknown !== undefined) throw new UsageError(`Unknown section: ${unknown}.`);
  const missing = Object.keys(peers).filter((name) => !existsSync(join(benchFolder, 'node_modules', name)));
  if (missing.length > 0) {
    console.error(`Not installed: ${missing.join(', ')}. Run: npm ci --prefix scripts/bench`);
    return 1;
  }
  const effort = isQuick ? quick : thorough;
  const start = performance.now();
  const about = aboutThisRun(effort);
  console.log(`${about}\n`);
  const results: Record<string, Results[string]> = {};
  const project = await makeProject();
  try {
    for (const name of only ?? sectionNames) {
      results[name] = await measureSection(project, name, effort);
      console.log(sectionTable(name, results[name]));
    }
  } finally {
    await rm(project, { recursive: true });
  }
  const took = `The run took ${((performance.now() - start) / 1000).toFixed(0)} s.`;
  console.log(took);
  if (!isQuick && !only) await write(results, `${about} ${took}`);
  return 0;
});

/** Writes the chart, and the report between its markers. The rest of the file is written by hand. */
async function write(results: Results, about: string): Promise<void> {
  const chart = chartOf(results);
  let text = await readFile(join(root, reportFile), 'utf8');
  const tables = sectionNames.map((name) => sectionTable(name, results[name])).join('\n');
  text = withSection(text, section(reportFile, 'conclusions', 'npm run bench'), conclusions(results));
  text = withSection(text, section(reportFile, 'tables', 'npm run bench'), `\n${about}\n\n${tables}\n`);
  await writeFile(join(root, reportFile), text);
  await writeFile(join(root, 'docs/benchmarks.svg'), chart);
  console.log(`Wrote ${reportFile} and docs/benchmarks.svg.`);
}
