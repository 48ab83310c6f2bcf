import { describe, expect, it } from 'vitest';
import { compareManifests } from '../../scripts/lib/breaking/manifest.js';
import { brokenPromise, lowestVersion, promisedVersion } from '../../scripts/lib/breaking/promise.js';

describe('the version that a change takes', () => {
  it.each([
    ['0.1.0', 'patch', '0.1.1'],
    ['0.1.0', 'minor', '0.1.1'],
    ['0.1.7', 'major', '0.2.0'],
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
  ] as const)('after %s for %s is %s', (released, level, version) => {
    expect(lowestVersion(released, level)).toBe(version);
  });
});

describe('the changelog', () => {
  it.each([
    ['# Changelog\n\nText.\n\n## 0.2.0 (not yet released)\n\n- a\n\n## 0.1.0\n', { version: '0.2.0', open: true }],
    ['## 0.2.0 - 2026-12-01\n\n## 0.1.0\n', { version: '0.2.0', open: false }],
    ['## [0.2.0]\n', { version: '0.2.0', open: false }],
    ['## Next\n\n## 0.1.0\n', undefined],
    ['# Changelog\n', undefined],
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
    const told = brokenPromise(promised, against);
    if (problem === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(problem);
  });
});

describe('two manifests', () => {
  const before = {
    exports: { '.': {}, './receiver': {} },
    engines: { node: '>=20.19' },
    dependencies: { 'openapi-fetch': '0.17.0' },
  };
  it.each([
    ['are the same', {}, []],
    ['lose an entry point', { exports: { '.': {} } }, ['major package.json exports ./receiver is gone']],
    [
      'gain an entry point',
      { exports: { ...before.exports, './testing': {} } },
      ['minor package.json exports ./testing is new'],
    ],
    [
      'want a newer Node',
      { engines: { node: '>=22' } },
      ['major package.json engines.node was >=20.19, is >=22: some that could run it no longer can'],
    ],
    ['take an older Node', { engines: { node: '>=18' } }, ['minor package.json engines.node was >=20.19, is >=18']],
    [
      'want an engine that was not asked for',
      { engines: { ...before.engines, bun: '>=1' } },
      ['major package.json engines.bun was *, is >=1: some that could run it no longer can'],
    ],
    [
      'have a new dependency',
      { dependencies: { ...before.dependencies, ky: '^2.0.0' } },
      ['major package.json dependencies.ky is new (^2.0.0)'],
    ],
    [
      'have a new major of a dependency',
      { dependencies: { 'openapi-fetch': '1.0.0' } },
      ['major package.json dependencies.openapi-fetch was 0.17.0, is 1.0.0'],
    ],
    [
      'have what breaks below 1.0.0',
      { dependencies: { 'openapi-fetch': '0.18.0' } },
      ['major package.json dependencies.openapi-fetch was 0.17.0, is 0.18.0'],
    ],
    [
      'have a fix of a dependency',
      { dependencies: { 'openapi-fetch': '0.17.1' } },
      ['patch package.json dependencies.openapi-fetch was 0.17.0, is 0.17.1'],
    ],
    ['have one dependency less', { dependencies: {} }, ['patch package.json dependencies.openapi-fetch is gone']],
    [
      'have a new peer',
      { peerDependencies: { redis: '>=5' } },
      ['major package.json peerDependencies.redis is new (>=5)'],
    ],
  ])('that %s', (_, change, expected) => {
    const findings = compareManifests(before, { ...before, ...change });
    expect(findings.map(({ level, where, what }) => `${level} ${where} ${what}`)).toEqual(expected);
  });
});
