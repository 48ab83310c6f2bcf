import { compare, inc, valid } from 'semver';
import type { Level } from './finding.js';

export const changelogFile = 'CHANGELOG.md';

export interface Promised {
  readonly version: string;
  /** Whether the entry is still open. */
  readonly open: boolean;
}

/** What the top entry of CHANGELOG.md promises: `## 0.2.0 (not yet released)`, or `## 0.2.0` and perhaps a date. */
export function promisedVersion(changelog: string): Promised | undefined {
  const heading = /^## +\[?v?([^\s\]]+)\]?(.*)$/m.exec(changelog);
  const version = valid(heading?.[1]);
  return version ? { version, open: /not yet released|unreleased/i.test(heading?.[2] ?? '') } : undefined;
}

/**
 * The lowest version that a change of this level may have. Below 1.0.0 the second number tells of what breaks and the third of all else:
 * so npm reads `^0.1.0`.
 */
export function lowestVersion(released: string, level: Level): string {
  const below1 = released.startsWith('0.');
  const step = below1 ? (level === 'major' ? 'minor' : 'patch') : level;
  return inc(released, step) as string;
}

/** What is wrong with the promise; undefined if nothing is. `level` is undefined where nothing of the package has changed. */
export function brokenPromise(
  promised: Promised | undefined,
  { released, level, current }: { released: string; level: Level | undefined; current: string },
): string | undefined {
  const lowest = level ? lowestVersion(released, level) : released;
  if (!promised) {
    return `${changelogFile} has no entry such as "## ${lowest} (not yet released)" on top: write one, with what changed.`;
  }
  const { version, open } = promised;
  if (compare(version, lowest) < 0) {
    const entry = `"## ${lowest} (not yet released)"`;
    return version === released
      ? `${changelogFile} has nothing above ${released}: write an entry ${entry} there, with what changed.`
      : `${changelogFile} promises ${version} on top: make it ${entry}, and say in it what changed.`;
  }
  if (current !== version && !(open && current === released)) {
    const expected = open ? `${released} or ${version}` : version;
    return `package.json has version ${current}, but ${changelogFile} says ${expected}: make them agree.`;
  }
  return undefined;
}
