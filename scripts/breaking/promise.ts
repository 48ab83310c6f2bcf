import { compare, inc, valid } from 'semver';
import type { Level } from './finding.js';

export const changelogFile = 'CHANGELOG.md';

/** A version, and whether it is not yet released. */
type Promised = { readonly version: string; readonly open: boolean };

/** The version of the top entry in CHANGELOG.md: `## 0.2.0 (not yet released)`, or `## 0.2.0` with or without a date. */
export function promisedVersion(changelog: string): Promised | undefined {
  const [, name, rest = ''] = /^##(?=\s|$) *\[?v?([^\s\]]*)\]?(.*)$/m.exec(changelog) ?? [];
  const version = valid(name);
  return version ? { version, open: /not yet released|unreleased/i.test(rest) } : undefined;
}

/** The lowest version for a change of this level. Below 1.0.0, breaking changes raise the minor version, as npm's `^` expects. */
export function lowestVersion(released: string, level: Level): string {
  const below1 = level === 'major' ? 'minor' : 'patch';
  return inc(released, released.startsWith('0.') ? below1 : level) as string;
}

/** What is wrong with the version in the changelog, if anything. `level` is undefined if the package has not changed. */
export function brokenPromise(
  promised: Promised | undefined,
  { released, level, current }: { released: string; level: Level | undefined; current: string },
): string | undefined {
  const lowest = level ? lowestVersion(released, level) : released;
  if (!promised || compare(promised.version, lowest) < 0)
    return `Describe the change under "## ${lowest} (not yet released)" at the top of ${changelogFile}.`;
  const { version, open } = promised;
  if (current === version || (open && current === released)) return undefined;
  return `package.json has version ${current}, but ${changelogFile} requires ${open ? `${released} or ` : ''}${version}.`;
}
