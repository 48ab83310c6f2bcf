import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareWith } from './lib/breaking/compare.js';
import { highest } from './lib/breaking/finding.js';
import { brokenPromise, changelogFile, lowestVersion, promisedVersion } from './lib/breaking/promise.js';
import { findRelease, type Release, ReleaseError } from './lib/breaking/release.js';
import { partText } from './lib/breaking/report.js';
import { isOfSources } from './lib/generate.js';
import { projectRoot } from './lib/project-root.js';

const usage = `Usage: npm run breaking [-- --against <ref>] [--root <folder>]
  --against <ref>  a commit, branch or tag to compare with (default: the last release, by the tags v1.2.3 that lead to HEAD)
  --root <folder>  the project to work in (default: this one)`;

/** What is made into the package. */
const shipped = ['src', 'generated'];

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
  let root: string;
  let release: Release | undefined;
  try {
    const { values } = parseArgs({ args, options: { against: { type: 'string' }, root: { type: 'string' } } });
    root = projectRoot(values.root);
    release = await findRelease(root, values.against);
  } catch (error) {
    console.error(error instanceof ReleaseError ? error.message : `${(error as Error).message}\n${usage}`);
    return 2;
  }
  if (!release) {
    console.log('no release to compare with');
    return 0;
  }
  try {
    return await judge(release, root, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return stop.signal.reason === 'SIGINT' ? 130 : 143;
    if (!isOfSources(error)) throw error;
    console.error(`${error.message}\n\nNothing was compared. Mend it and run this again.`);
    return 2;
  }
}

async function judge(release: Release, root: string, signal: AbortSignal): Promise<number> {
  const start = performance.now();
  const released = versionIn((await release.read('package.json')) ?? '');
  const parts = await compareWith(release, root, signal);
  console.log(`Since ${release.name}:\n\n${parts.map(partText).join('\n')}\n`);

  const findings = parts.flatMap((part) => part.findings);
  const level = highest(findings);
  const isChanged = findings.length > 0 || (await release.hasChanged(shipped));
  const promised = promisedVersion(readFileSync(join(root, changelogFile), 'utf8'));
  const current = versionIn(readFileSync(join(root, 'package.json'), 'utf8'));
  const needs = isChanged
    ? `after ${released} comes ${lowestVersion(released, level)} or higher`
    : 'nothing has changed';
  const took = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${level}: ${needs}; ${changelogFile} promises ${promised?.version ?? 'nothing'} (${took} s).`);

  const problem = brokenPromise(promised, { released, level: isChanged ? level : undefined, current });
  if (problem) console.error(problem);
  return problem ? 1 : 0;
}

function versionIn(packageJson: string): string {
  return (JSON.parse(packageJson) as { version: string }).version;
}
