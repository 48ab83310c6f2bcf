import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfSources } from '../generate/generate.js';
import { command } from '../lib/command.js';
import { projectRoot } from '../lib/package.js';
import { table } from '../lib/table.js';
import { compareWith } from './compare.js';
import { highest, sorted } from './finding.js';
import type { Manifest } from './manifest.js';
import { brokenPromise, changelogFile, lowestVersion, promisedVersion } from './promise.js';
import { findRelease, type Release, ReleaseError } from './release.js';

const usage = `Usage: npm run breaking [-- --against <ref>] [--root <folder>]
  --against <ref>  a commit, branch or tag to compare with (default: the last release, by the tags v1.2.3 that lead to HEAD)
  --root <folder>  the project to work in (default: this one)
Exit codes: 0 the changelog promises enough, or there is no release; 1 it promises less; 2 nothing could be compared`;

const options = { against: { type: 'string' }, root: { type: 'string' } } as const;

export const main = command(usage, options, async ({ against, root: asked }) => {
  const root = projectRoot(asked);
  try {
    const release = findRelease(root, against);
    if (release) return await judge(release, root);
    console.log('There is no release to compare with. A shallow clone lacks them: `git fetch --unshallow --tags`.');
    return 0;
  } catch (error) {
    const isExpected = isOfSources(error) || error instanceof ReleaseError;
    console.error(isExpected ? error.message : error);
    console.error('\nNothing was compared. Fix it and run this again.');
    return 2;
  }
});

async function judge(release: Release, root: string): Promise<number> {
  const { version: released } = release.manifest;
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest & { version: string };
  const parts = await compareWith(release, root, manifest);
  console.log(`Since ${release.name}:\n`);
  for (const [title, findings] of parts) {
    const rows = sorted(findings).map(({ level, where, what }) => ['', level, `${where} ${what}`]);
    console.log(rows.length > 0 ? `${title}:\n${table(rows)}` : `${title}: nothing`);
  }
  const level = highest([...parts.values()].flat());
  const promised = promisedVersion(readFileSync(join(root, changelogFile), 'utf8'));
  // Before the first release its version stands for every change.
  const then = promisedVersion(release.read([changelogFile]).get(changelogFile) ?? '');
  const isOpen = then?.open === true && then.version === released;
  const needs = level
    ? `${level}: ${isOpen ? `${released}, which is not released,` : `after ${released} comes ${lowestVersion(released, level)}`} or higher`
    : 'nothing that is shipped has changed';
  console.log(`\n${needs}; ${changelogFile} promises ${promised?.version ?? 'nothing'}.`);
  const problem = brokenPromise(promised, { released, level: isOpen ? undefined : level, current: manifest.version });
  if (problem) console.error(problem);
  return problem ? 1 : 0;
}
