import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../lib/command.js';
import { ContractError } from '../lib/contract.js';
import { compareWith } from './compare.js';
import { highest, sorted } from './finding.js';
import type { Manifest } from './manifest.js';
import { brokenPromise, changelogFile, lowestVersion, promisedVersion } from './promise.js';
import { findRelease, type Release, ReleaseError } from './release.js';

const usage = `Usage: npm run breaking [-- --against <ref>]
  --against <ref>  the commit, branch or tag to compare with (default: the latest tag such as v1.2.3 before HEAD)
Exit codes: 0 the version in the changelog is high enough, or there is no release; 1 it is too low; 2 nothing could be compared`;

export const main = command(usage, { against: { type: 'string' } }, async ({ against }, root) => {
  try {
    const release = findRelease(root, against);
    if (release) return await judge(release, root);
    console.log('There is no release to compare with. In a shallow clone, run `git fetch --unshallow --tags` first.');
    return 0;
  } catch (error) {
    const isExpected = error instanceof ContractError || error instanceof ReleaseError;
    console.error(isExpected ? error.message : error);
    console.error('\nNothing was compared. Fix the error and run this again.');
    return 2;
  }
});

async function judge(release: Release, root: string): Promise<number> {
  const { version: released } = release.manifest;
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest & { version: string };
  const parts = await compareWith(release, root, manifest);
  console.log(`Since ${release.name}:\n`);
  for (const [title, findings] of parts) {
    console.log(`${title}:${findings.length > 0 ? '' : ' nothing'}`);
    for (const { level, where, what } of sorted(findings)) console.log(`  ${level}  ${where} ${what}`);
  }
  const level = highest([...parts.values()].flat());
  const promised = promisedVersion(readFileSync(join(root, changelogFile), 'utf8'));
  // Until the first release is published, its version covers every change.
  const then = promisedVersion(release.read([changelogFile]).get(changelogFile) ?? '');
  const isOpen = then?.open === true && then.version === released;
  const needs = level
    ? `${level} change: needs version ${isOpen ? `${released} (not yet released)` : lowestVersion(released, level)} or higher`
    : 'No change in the package';
  console.log(`\n${needs}; ${changelogFile} has ${promised?.version ?? 'no version'}.`);
  const problem = brokenPromise(promised, { released, level: isOpen ? undefined : level, current: manifest.version });
  if (problem) console.error(problem);
  return problem ? 1 : 0;
}
