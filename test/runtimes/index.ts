import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, UsageError } from '../../scripts/lib/command.js';
import { referenceFile, root } from '../../scripts/lib/package.js';
import { markdownTable } from '../../scripts/lib/table.js';
import { isInstalled, type Runtime } from './hosts/runtime.js';
import { type RuntimeResult, runtimes, testRuntimes } from './run.js';
import { tellsRuntimes, withRuntimes } from './table.js';

const usage = `Usage: npm run test:runtimes [-- --only <runtime> | --write]
  --only <runtime>  leave the others out; may be given several times
  --write           write the table of ${referenceFile}, with the times of this run; without it, the table is only compared
Runtimes: ${runtimes.map(({ id }) => id).join(', ')}`;

/** Under CI nothing is skipped. */
const isCi = Boolean(process.env.CI);

const options = { only: { type: 'string', multiple: true }, write: { type: 'boolean' } } as const;

export const main = command(usage, options, async ({ only = [], write: writes = false }) => {
  const unknown = only.find((name) => !runtimes.some(({ id }) => id === name));
  if (unknown !== undefined) throw new UsageError(`There is no runtime called ${unknown}.`);
  if (writes && only.length > 0)
    throw new UsageError('The table that --write writes has all runtimes: leave --only out.');
  const chosen = runtimes.filter(({ id }) => only.length === 0 || only.includes(id));
  const missing = chosen.filter((runtime) => !isInstalled(runtime));
  for (const { name, install } of missing) console.error(`${isCi ? 'Missing' : 'Skipped'}: ${name}. Run: ${install}`);
  if ((isCi || writes) && missing.length > 0) return 1;

  const results: RuntimeResult[] = [];
  await testRuntimes(chosen.filter(isInstalled), (result) => {
    results.push(result);
    tell(result);
  });
  console.log(`\n${summary(results, missing)}`);
  if (results.some(({ failed }) => failed.length > 0)) return 1;
  return results.length === runtimes.length ? keepReadme(results, writes) : 0;
});

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
  return markdownTable([['runtime', 'version', 'passed', 'failed', 'time'], ...rows, ...skipped], [2, 3, 4]);
}

/** Writes the table in docs/reference.md, or only compares it. Times differ between runs, so they are ignored. */
async function keepReadme(results: readonly RuntimeResult[], writes: boolean): Promise<number> {
  const file = join(root, referenceFile);
  const readme = await readFile(file, 'utf8');
  const proven = results.map(({ runtime: { name, isUnpinned = false }, version, passed, seconds }) => ({
    name,
    version,
    isUnpinned,
    passed,
    seconds,
  }));
  if (writes) {
    await writeFile(file, withRuntimes(readme, proven));
    console.log(`Wrote the table of ${referenceFile}.`);
    return 0;
  }
  if (tellsRuntimes(readme, proven)) return 0;
  console.error(
    `The table of runtimes in ${referenceFile} is out of date. Run \`npm run test:runtimes -- --write\` and commit the result.`,
  );
  return 1;
}
