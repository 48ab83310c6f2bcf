import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isInstalled, type Runtime } from '../test/runtimes/hosts/runtime.js';
import { type RuntimeResult, runtimes, testRuntimes } from '../test/runtimes/run.js';
import { readmeFile, root } from './lib/package.js';
import { withRuntimes } from './lib/readme-runtimes.js';
import { table } from './lib/table.js';

const usage = `Usage: npm run test:runtimes [-- --only <runtime>]
  --only <runtime>  leave the others out; may be given several times
Runtimes: ${runtimes.map(({ id }) => id).join(', ')}`;

/** Under CI nothing is skipped, and nothing is written. */
const isCi = Boolean(process.env.CI);

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let chosen: readonly Runtime[];
  try {
    chosen = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const missing = chosen.filter((runtime) => !isInstalled(runtime));
  for (const { name, install } of missing) console.error(`${isCi ? 'Missing' : 'Skipped'}: ${name}. Run: ${install}`);
  if (isCi && missing.length > 0) return 1;

  const results: RuntimeResult[] = [];
  await testRuntimes(chosen.filter(isInstalled), (result) => {
    results.push(result);
    tell(result);
  });
  console.log(`\n${summary(results, missing)}`);
  if (results.some(({ failed }) => failed.length > 0)) return 1;
  return results.length === runtimes.length ? keepReadme(results) : 0;
}

function parseOptions(args: string[]): readonly Runtime[] {
  const { only = [] } = parseArgs({ args, options: { only: { type: 'string', multiple: true } } }).values;
  const unknown = only.find((name) => !runtimes.some(({ id }) => id === name));
  if (unknown !== undefined) throw new Error(`There is no runtime called ${unknown}.`);
  return runtimes.filter(({ id }) => only.length === 0 || only.includes(id));
}

function tell({ runtime, version, passed, failed, seconds }: RuntimeResult): void {
  console.log(`${runtime.name} ${version}: ${passed} passed, ${failed.length} failed in ${seconds.toFixed(1)} s`);
  for (const { name, failure } of failed) console.error(`  ✗ ${name}\n    ${failure.replaceAll('\n', '\n    ')}`);
}

function summary(results: readonly RuntimeResult[], missing: readonly Runtime[]): string {
  const rows = results.map(({ runtime, version, passed, failed, seconds }) => [
    runtime.name,
    version,
    `${passed}`,
    `${failed.length}`,
    `${seconds.toFixed(1)} s`,
  ]);
  const skipped = missing.map(({ name }) => [name, 'skipped', '', '', '']);
  return table([['runtime', 'version', 'passed', 'failed', 'time'], ...rows, ...skipped], [2, 3, 4]);
}

/** Writes the table of the README, or under CI only compares it. */
async function keepReadme(results: readonly RuntimeResult[]): Promise<number> {
  const file = join(root, readmeFile);
  const readme = await readFile(file, 'utf8');
  const proven = results.map(({ runtime, version, passed }) => ({
    name: runtime.name,
    version: runtime.isUnpinned ? 'as installed' : version,
    passed,
  }));
  const wanted = withRuntimes(readme, proven);
  if (wanted === readme) return 0;
  if (isCi) {
    console.error(`${readmeFile} tells another table. Run \`npm run test:runtimes\` and commit what it writes.`);
    return 1;
  }
  await writeFile(file, wanted);
  console.log(`Wrote the table of ${readmeFile}.`);
  return 0;
}
