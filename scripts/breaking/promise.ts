import { compare, inc, valid } from 'semver';
import type { Level } from './finding.js';

export const changelogFile = 'CHANGELOG.md';

export interface Promised {
  /** The heading of the entry. */
  readonly heading: string;
  /** Undefined where the heading names none. */
  readonly version: string | undefined;
  /** Whether the entry is still open. */
  readonly open: boolean;
}

/** What the top entry of CHANGELOG.md promises: `## 0.2.0 (not yet released)`, or `## 0.2.0` and perhaps a date. */
export function promisedVersion(changelog: string): Promised | undefined {
  const [heading, name, rest = ''] = /^##(?=\s|$) *\[?v?([^\s\]]*)\]?(.*)$/m.exec(changelog) ?? [];
  if (heading === undefined) return undefined;
  return {
    heading: heading.trim(),
    version: valid(name) ?? undefined,
    open: /not yet released|unreleased/i.test(rest),
  };
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
  const entry = `"## ${lowest} (not yet released)"`;
  if (!promised) return `${changelogFile} has no entry such as ${entry} on top: write one, with what changed.`;
  const { heading, version, open } = promised;
  if (!version)
    return `${changelogFile} has "${heading}" on top, which names no version such as 1.2.3: make it ${entry}.`;
  if (compare(version, lowest) < 0) {
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
