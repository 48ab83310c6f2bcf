import { parseArgs } from 'node:util';
import { judge, outcomeOf } from './claims.js';
import { writeReport } from './files.js';
import { missingPeers } from './installed-peers.js';
import { makePrograms } from './programs.js';
import { aboutThisRun, caseTable, verdictTable } from './report.js';
import { type BenchCase, type SectionName, sectionNames } from './result.js';
import { measure, quick, thorough } from './sections.js';

const usage = `Usage: npm run bench [-- --quick] [-- --only <section>]
  --quick           fewer rounds, short warm-ups, no type checks: enough to see the order, not the second digit
  --only <section>  leave the others out; may be given several times
Without either, what was measured is written into BENCHMARKS.md and its chart.
Sections: ${sectionNames.join(', ')}`;

export async function main(args: string[]): Promise<number> {
  let options: { quick: boolean; only: readonly SectionName[] };
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const missing = missingPeers();
  if (missing.length > 0) {
    console.error(`Not installed: ${missing.join(', ')}. Run: npm ci --prefix scripts/bench`);
    return 1;
  }
  await run(options.only, options.quick);
  return 0;
}

function parseOptions(args: string[]): { quick: boolean; only: readonly SectionName[] } {
  const flags = { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } } as const;
  const { quick, only = [] } = parseArgs({ args, options: flags }).values;
  const unknown = only.find((name) => !sectionNames.some((section) => section === name));
  if (unknown !== undefined) throw new Error(`There is no section called ${unknown}.`);
  return { quick, only: sectionNames.filter((name) => only.length === 0 || only.includes(name)) };
}

/** Measures sections, prints each case as soon as it is known, and writes it all down if nothing was left out. */
async function run(only: readonly SectionName[], isQuick: boolean): Promise<void> {
  const start = performance.now();
  const effort = isQuick ? quick : thorough;
  const about = aboutThisRun(effort);
  console.log(about);

  const results: BenchCase[] = [];
  const programs = await makePrograms();
  try {
    await measure(programs, only, effort, (result) => {
      console.log(`\n${caseTable(result)}`);
      results.push(result);
    });
  } finally {
    await programs.close();
  }
  const verdicts = judge(results);
  console.log(`\n${verdictTable(verdicts)}`);
  const count = (outcome: ReturnType<typeof outcomeOf>) => verdicts.filter((one) => outcomeOf(one) === outcome).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${count('reached')} of ${verdicts.length} reached, ${count('too close to call')} too close to call, in ${seconds} s. Ratios hold; times are this machine's.`,
  );
  if (!isQuick && only.length === sectionNames.length) {
    const files = await writeReport(results, verdicts, `${about}\nThe whole run took ${seconds} s.`);
    console.log(`Wrote ${files.join(' and ')}.`);
  }
}
