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
    [
      '# Changelog\n\nText.\n\n## 0.2.0 (not yet released)\n\n- a\n\n## 0.1.0\n',
      { heading: '## 0.2.0 (not yet released)', version: '0.2.0', open: true },
    ],
    ['## 0.2.0 - 2026-12-01\r\n\r\n## 0.1.0\r\n', { heading: '## 0.2.0 - 2026-12-01', version: '0.2.0', open: false }],
    ['## [0.2.0]\n', { heading: '## [0.2.0]', version: '0.2.0', open: false }],
    ['## v0.2.0-rc.1 - Unreleased\n', { heading: '## v0.2.0-rc.1 - Unreleased', version: '0.2.0-rc.1', open: true }],
    ['## Next\n\n## 0.1.0\n', { heading: '## Next', version: undefined, open: false }],
    ['## [Unreleased]\n\n## 0.1.0\n', { heading: '## [Unreleased]', version: undefined, open: false }],
    ['## 0.2 (not yet released)\n', { heading: '## 0.2 (not yet released)', version: undefined, open: true }],
    ['##\n\n## 0.1.0\n', { heading: '##', version: undefined, open: false }],
    ['##0.2.0\n', undefined],
    ['# Changelog\n\n### 0.2.0\n', undefined],
    ['', undefined],
  ])('promises by its top entry: %j', (changelog, promised) => {
    expect(promisedVersion(changelog)).toEqual(promised);
  });

  const state = { released: '0.1.0', current: '0.1.0' };
  it.each([
    ['enough', { version: '0.2.0', open: true }, { ...state, level: 'major' }, undefined],
    ['more than enough', { version: '1.0.0', open: true }, { ...state, level: 'minor' }, undefined],
    [
      'the release itself, of which nothing has changed',
      { version: '0.1.0', open: false },
      { ...state, level: undefined },
      undefined,
    ],
    [
      'enough, and package.json says so too',
      { version: '0.2.0', open: false },
      { ...state, current: '0.2.0', level: 'major' },
      undefined,
    ],
    [
      'too little',
      { version: '0.1.1', open: true },
      { ...state, level: 'major' },
      /promises 0\.1\.1 on top: make it "## 0\.2\.0 \(not yet released\)"/,
    ],
    [
      'nothing since the release',
      { version: '0.1.0', open: false },
      { ...state, level: 'patch' },
      /write an entry "## 0\.1\.1 \(not yet released\)" there/,
    ],
    [
      'a prerelease of what is enough',
      { version: '0.2.0-rc.1', open: true },
      { ...state, level: 'major' },
      /promises 0\.2\.0-rc\.1 on top: make it "## 0\.2\.0 \(not yet released\)"/,
    ],
    ['a prerelease of more', { version: '0.3.0-rc.1', open: true }, { ...state, level: 'major' }, undefined],
    [
      'no version',
      { heading: '## Next', version: undefined, open: false },
      { ...state, level: 'minor' },
      /has "## Next" on top, which names no version such as 1\.2\.3: make it "## 0\.1\.1 \(not yet released\)"/,
    ],
    [
      'no version where nothing has changed',
      { heading: '## Next', version: undefined, open: false },
      { ...state, level: undefined },
      /make it "## 0\.1\.0 /,
    ],
    ['nothing readable', undefined, { ...state, level: 'minor' }, /no entry such as "## 0\.1\.1/],
    [
      'a release that package.json does not know',
      { version: '0.2.0', open: false },
      { ...state, level: 'major' },
      /package\.json has version 0\.1\.0, but CHANGELOG\.md says 0\.2\.0/,
    ],
    [
      'another version than package.json',
      { version: '0.2.0', open: true },
      { ...state, current: '0.3.0', level: 'major' },
      /package\.json has version 0\.3\.0, but CHANGELOG\.md says 0\.1\.0 or 0\.2\.0/,
    ],
  ] as const)('that promises %s is judged', (_, promised, against, problem) => {
    const told = brokenPromise(promised && { heading: '', ...promised }, against);
    if (problem === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(problem);
  });
});
