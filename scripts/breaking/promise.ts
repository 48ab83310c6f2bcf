import { compare, inc, valid } from 'semver';
import type { Level } from './finding.js';

export const changelogFile = 'CHANGELOG.md';

/** A version, and whether its entry is still open. */
type Promised = { readonly version: string; readonly open: boolean };

/** What the top entry of CHANGELOG.md promises: `## 0.2.0 (not yet released)`, or `## 0.2.0` and perhaps a date. */
export function promisedVersion(changelog: string): Promised | undefined {
  const [, name, rest = ''] = /^##(?=\s|$) *\[?v?([^\s\]]*)\]?(.*)$/m.exec(changelog) ?? [];
  const version = valid(name);
  return version ? { version, open: /not yet released|unreleased/i.test(rest) } : undefined;
}

/** The lowest version for a change of this level. Below 1.0.0 the second number stands for what breaks: so npm reads `^0.1.0`. */
export function lowestVersion(released: string, level: Level): string {
  const below1 = level === 'major' ? 'minor' : 'patch';
  return inc(released, released.startsWith('0.') ? below1 : level) as string;
}

/** What is wrong with the promise; undefined if nothing is. `level` is undefined if nothing of the package has changed. */
export function brokenPromise(
  promised: Promised | undefined,
  { released, level, current }: { released: string; level: Level | undefined; current: string },
): string | undefined {
  const lowest = level ? lowestVersion(released, level) : released;
  if (!promised || compare(promised.version, lowest) < 0)
    return `Write what changed under "## ${lowest} (not yet released)" on top of ${changelogFile}.`;
  const { version, open } = promised;
  if (current === version || (open && current === released)) return undefined;
  return `package.json has version ${current}, but ${changelogFile} says ${open ? `${released} or ` : ''}${version}.`;
}
