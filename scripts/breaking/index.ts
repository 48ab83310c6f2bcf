import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isOfSources } from '../generate/generate.js';
import { projectRoot } from '../lib/project-root.js';
import { table } from '../lib/table.js';
import { compareWith } from './compare.js';
import { type Finding, highest, levels } from './finding.js';
import type { Manifest } from './manifest.js';
import { brokenPromise, changelogFile, lowestVersion, promisedVersion } from './promise.js';
import { findRelease, isShallow, type Release, ReleaseError } from './release.js';

const usage = `Usage: npm run breaking [-- --against <ref>] [--root <folder>]
  --against <ref>  a commit, branch or tag to compare with (default: the last release, by the tags v1.2.3 that lead to HEAD)
  --root <folder>  the project to work in (default: this one)
Exit codes: 0 the changelog promises enough, or there is no release; 1 it promises less; 2 nothing could be compared`;

export async function main(args: string[]): Promise<number> {
  let root: string;
  let against: string | undefined;
  try {
    const { values } = parseArgs({ args, options: { against: { type: 'string' }, root: { type: 'string' } } });
    root = projectRoot(values.root);
    against = values.against;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  try {
    const release = findRelease(root, against);
    if (release) return await judge(release, root);
    console.log('There is no release to compare with.');
    if (isShallow(root)) console.log('This clone is shallow: `git fetch --unshallow --tags` gets the releases.');
    return 0;
  } catch (error) {
    const isExpected = isOfSources(error) || error instanceof ReleaseError;
    const reason = isExpected ? (error as Error).message : error instanceof Error ? error.stack : String(error);
    console.error(`${reason}\n\nNothing was compared. Fix it and run this again.`);
    return 2;
  }
}

async function judge(release: Release, root: string): Promise<number> {
  const start = performance.now();
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest & { version: string };
  const parts = await compareWith(release, root, manifest);
  const texts = [...parts].map(([title, findings]) => partText(title, findings));
  console.log(`Since ${release.name}:\n\n${texts.join('\n')}\n`);

  const level = highest([...parts.values()].flat());
  const { version: released } = release;
  const changelog = join(root, changelogFile);
  const promised = promisedVersion(existsSync(changelog) ? readFileSync(changelog, 'utf8') : '');
  const needs = level
    ? `${level}: after ${released} comes ${lowestVersion(released, level)} or higher`
    : 'nothing that is shipped has changed';
  const took = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${needs}; ${changelogFile} promises ${promised?.version ?? 'nothing'} (${took} s).`);

  const problem = brokenPromise(promised, { released, level, current: manifest.version });
  if (problem) console.error(problem);
  return problem ? 1 : 0;
}

/** How many patches of one part are printed. */
const shownPatches = 5;

/** What was found, the worst first. */
function partText(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${title}: nothing`;
  const sorted = [...levels].reverse().flatMap((level) => findings.filter((each) => each.level === level));
  const hidden = Math.max(0, sorted.filter(({ level }) => level === 'patch').length - shownPatches);
  const rows = sorted.slice(0, sorted.length - hidden).map(({ level, where, what }) => ['', level, `${where} ${what}`]);
  if (hidden > 0) rows.push(['', 'patch', `and ${hidden} more`]);
  return `${title}:\n${table(rows)}`;
}
