import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isOfSources } from '../generate/generate.js';
import { projectRoot } from '../lib/project-root.js';
import { compareWith } from './compare.js';
import { highest } from './finding.js';
import { ReleaseError } from './git.js';
import type { Manifest } from './manifest.js';
import { brokenPromise, changelogFile, lowestVersion, promisedVersion } from './promise.js';
import { findRelease, isShallow, type Release } from './release.js';
import { partText } from './report.js';

const usage = `Usage: npm run breaking [-- --against <ref>] [--root <folder>]
  --against <ref>  a commit, branch or tag to compare with (default: the last release, by the tags v1.2.3 that lead to HEAD)
  --root <folder>  the project to work in (default: this one)
Exit codes: 0 the changelog promises enough, or there is no release; 1 it promises less; 2 nothing could be compared`;

export async function main(args: string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
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
    const release = await findRelease(root, against);
    if (release) return await judge(release, root, stop.signal);
    console.log('no release to compare with');
    if (await isShallow(root))
      console.log('This clone is shallow: `git fetch --unshallow --tags` brings the releases.');
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return stop.signal.reason === 'SIGINT' ? 130 : 143;
    const isExpected = isOfSources(error) || error instanceof ReleaseError;
    const reason = isExpected ? error.message : error instanceof Error ? error.stack : String(error);
    console.error(`${reason}\n\nNothing was compared. Mend it and run this again.`);
    return 2;
  }
}

async function judge(release: Release, root: string, signal: AbortSignal): Promise<number> {
  const start = performance.now();
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest & { version: string };
  const parts = await compareWith(release, root, manifest, signal);
  console.log(`Since ${release.name}:\n\n${parts.map(partText).join('\n')}\n`);

  const level = highest(parts.flatMap((part) => part.findings));
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
