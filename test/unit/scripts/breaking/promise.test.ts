import { describe, expect, it } from 'vitest';
import { brokenPromise, lowestVersion, promisedVersion } from '../../../../scripts/breaking/promise.js';

describe('the version that a change takes', () => {
  it.each([
    ['0.1.0', 'patch', '0.1.1'],
    ['0.1.0', 'minor', '0.1.1'],
    ['0.1.7', 'major', '0.2.0'],
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['0.2.0-rc.1', 'minor', '0.2.0'],
    ['0.2.0-rc.1', 'major', '0.2.0'],
  ] as const)('after %s for %s is %s', (released, level, version) => {
    expect(lowestVersion(released, level)).toBe(version);
  });
});

describe('the changelog', () => {
  it.each([
    ['# Changelog\n\nText.\n\n## 0.2.0 (not yet released)\n\n- a\n\n## 0.1.0\n', { version: '0.2.0', open: true }],
    ['## 0.2.0 - 2026-12-01\r\n\r\n## 0.1.0\r\n', { version: '0.2.0', open: false }],
    ['## [0.2.0]\n', { version: '0.2.0', open: false }],
    ['## v0.2.0-rc.1 - Unreleased\n', { version: '0.2.0-rc.1', open: true }],
    ['## Next\n\n## 0.1.0\n', undefined],
    ['## [Unreleased]\n\n## 0.1.0\n', undefined],
    ['## 0.2 (not yet released)\n', undefined],
    ['##\n\n## 0.1.0\n', undefined],
    ['##0.2.0\n', undefined],
    ['# Changelog\n\n### 0.2.0\n', undefined],
    ['', undefined],
  ])('has the version of its top entry: %j', (changelog, promised) => {
    expect(promisedVersion(changelog)).toEqual(promised);
  });

  const write = (version: string) =>
    `Describe the change under "## ${version} (not yet released)" at the top of CHANGELOG.md.`;
  it.each([
    ['0.2.0 open', '0.1.0', 'major', undefined],
    ['1.0.0 open', '0.1.0', 'minor', undefined],
    ['0.1.0', '0.1.0', undefined, undefined],
    ['0.2.0', '0.2.0', 'major', undefined],
    ['0.3.0-rc.1 open', '0.1.0', 'major', undefined],
    ['0.1.1 open', '0.1.0', 'major', write('0.2.0')],
    ['0.1.0', '0.1.0', 'patch', write('0.1.1')],
    ['0.2.0-rc.1 open', '0.1.0', 'major', write('0.2.0')],
    ['nothing', '0.1.0', 'minor', write('0.1.1')],
    ['nothing', '0.1.0', undefined, write('0.1.0')],
    ['0.2.0', '0.1.0', 'major', 'package.json has version 0.1.0, but CHANGELOG.md requires 0.2.0.'],
    ['0.2.0 open', '0.3.0', 'major', 'package.json has version 0.3.0, but CHANGELOG.md requires 0.1.0 or 0.2.0.'],
  ] as const)(
    'that promises %s, with %s in package.json, is judged after 0.1.0 for %s',
    (entry, current, level, problem) => {
      const [version = '', open] = entry.split(' ');
      const promised = version === 'nothing' ? undefined : { version, open: open === 'open' };
      expect(brokenPromise(promised, { released: '0.1.0', level, current })).toBe(problem);
    },
  );
});
