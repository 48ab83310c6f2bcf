import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { judge, type Verdict } from './lib/bench-claims.js';
import { measureHttp } from './lib/bench-http.js';
import { measureMemory } from './lib/bench-memory.js';
import { missingPeers, pinnedPeers } from './lib/bench-peers.js';
import { makePrograms } from './lib/bench-programs.js';
import { caseTable, verdictTable } from './lib/bench-report.js';
import { type BenchCase, type Effort, type SectionName, sectionNames } from './lib/bench-result.js';

const usage = `Usage: npm run bench [-- --quick] [-- --only <section>]
  --quick           fewer and shorter rounds: enough to see the order, not the second digit
  --only <section>  leave the others out; may be given several times
Sections: ${sectionNames.join(', ')}`;

const thorough: Effort = { memory: { count: 61, ms: 8 }, http: { count: 11, ms: 400 } };
const quick: Effort = { memory: { count: 15, ms: 4 }, http: { count: 5, ms: 200 } };

/** How many other programs may run on each core before ratios are no longer to be believed. */
const BUSY = 0.5;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
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
  await measure(options.only, options.quick ? quick : thorough);
  return 0;
}

function parseOptions(args: string[]): { quick: boolean; only: readonly SectionName[] } {
  const flags = { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } } as const;
  const { quick, only = [] } = parseArgs({ args, options: flags }).values;
  const unknown = only.find((name) => !sectionNames.some((section) => section === name));
  if (unknown !== undefined) throw new Error(`There is no section called ${unknown}.`);
  return { quick, only: sectionNames.filter((name) => only.length === 0 || only.includes(name)) };
}

/** Measures sections, and prints each case as soon as it is known. */
async function measure(only: readonly SectionName[], effort: Effort): Promise<void> {
  const start = performance.now();
  const verdicts: Verdict[] = [];
  const show = (result: BenchCase) => {
    console.log(`\n${caseTable(result)}`);
    verdicts.push(...judge(result));
  };
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpu?.model}, load ${load.toFixed(1)}`);
  if (load > BUSY * cpus().length) console.log('The machine is busy with other work: measure again when it is not.');
  console.log(
    `Beside ${pinnedPeers().join(', ')}. Medians of ${effort.memory.count} rounds by turns, ${effort.http.count} over HTTP.`,
  );

  const programs = await makePrograms();
  try {
    const inMemory = only.filter((name) => name !== 'http');
    if (inMemory.length > 0) await measureMemory(programs, inMemory, effort.memory, show);
    if (only.includes('http')) await measureHttp(programs, effort.http, show);
  } finally {
    await programs.close();
  }
  console.log(`\n${verdictTable(verdicts)}`);
  const missed = verdicts.filter(({ reached }) => !reached).length;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${verdicts.length - missed} of ${verdicts.length} reached, in ${seconds} s. Ratios hold; times are this machine's.`,
  );
}
