import { describe, expect, it } from 'vitest';
import { compareManifests, type Manifest } from '../../../../scripts/breaking/manifest.js';

const before = {
  name: 'pkg',
  version: '0.1.0',
  type: 'module',
  sideEffects: false,
  types: './dist/index.d.ts',
  imports: { '#hmac': { browser: './dist/web.js', node: './dist/node.js', default: './dist/web.js' } },
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './receiver': { types: './dist/receiver.d.ts', default: './dist/receiver.js' },
    './openapi.json': './generated/openapi.json',
  },
  files: ['dist', 'llms.txt'],
  engines: { node: '>=20.19' },
  dependencies: { 'openapi-fetch': '0.17.0' },
  peerDependencies: { redis: '>=5 <7' },
  peerDependenciesMeta: { redis: { optional: true } },
} satisfies Manifest;

const { './receiver': _, ...withoutReceiver } = before.exports;
const main = before.exports['.'];
const entries = (change: object) => ({ exports: { ...before.exports, ...change } });
const fetch = (range: string) => ({ dependencies: { 'openapi-fetch': range } });

describe('two manifests', () => {
  it.each([
    ['are the same', {}, []],
    ['differ for development alone', { version: '0.2.0', devDependencies: { x: '1' }, scripts: {}, overrides: {} }, []],
    [
      'lose an entry point',
      { exports: withoutReceiver },
      ['major exports ./receiver types', 'major exports ./receiver'],
    ],
    ['gain an entry point', entries({ './testing': './dist/testing.js' }), ['minor exports ./testing']],
    ['lose a condition', entries({ '.': { default: './dist/index.js' } }), ['major exports . types']],
    ['close a condition', entries({ '.': { ...main, types: null } }), ['major exports . types']],
    ['gain a condition', entries({ '.': { browser: './dist/b.js', ...main } }), ['minor exports . browser']],
    [
      'ask for conditions in another order',
      entries({ '.': { default: main.default, types: main.types } }),
      ['major exports'],
    ],
    ['write a condition otherwise', entries({ './openapi.json': { default: './generated/openapi.json' } }), []],
    [
      'move what an entry point leads to',
      entries({ '.': { ...main, default: './dist/main.js' } }),
      ['patch exports .'],
    ],
    [
      'choose by fewer conditions inside',
      { imports: { '#hmac': { browser: './dist/web.js', default: './dist/web.js' } } },
      ['major imports #hmac node'],
    ],
    ['lose what leads in without conditions', { types: undefined }, ['major types']],
    ['gain a program', { bin: { pkg: './dist/cli.js' } }, ['minor bin pkg']],
    ['pack something else', { files: ['dist'] }, ['patch files']],
    ['need a newer Node', { engines: { node: '>=22' } }, ['major engines node']],
    ['accept an older Node', { engines: { node: '>=18' } }, ['minor engines node']],
    ['accept any Node', { engines: undefined }, ['minor engines node']],
    ['write the same range otherwise', { engines: { node: '>=20.19.0' } }, ['patch engines node']],
    ['need another engine', { engines: { ...before.engines, bun: '>=1' } }, ['major engines bun']],
    ['have a new dependency', { dependencies: { ...before.dependencies, ky: '^2.0.0' } }, ['major dependencies ky']],
    ['have a new major of a dependency', fetch('1.0.0'), ['major dependencies openapi-fetch']],
    ['have what may break below 1.0.0', fetch('0.18.0'), ['major dependencies openapi-fetch']],
    ['also accept another major', fetch('0.17.0 || ^1.0.0'), ['major dependencies openapi-fetch']],
    ['have a fix of a dependency', fetch('0.17.1'), ['patch dependencies openapi-fetch']],
    ['take a dependency from elsewhere', fetch('github:a/b'), ['major dependencies openapi-fetch']],
    ['have one dependency less', { dependencies: {} }, ['patch dependencies openapi-fetch']],
    [
      'have a new peer',
      { peerDependencies: { ...before.peerDependencies, hono: '>=4' } },
      ['major peerDependencies hono'],
    ],
    ['need a newer peer', { peerDependencies: { redis: '>=5.1 <7' } }, ['major peerDependencies redis']],
    ['accept more of a peer', { peerDependencies: { redis: '>=5' } }, ['minor peerDependencies redis']],
    ['have one peer less', { peerDependencies: {} }, ['patch peerDependencies redis']],
    ['need a peer that was optional', { peerDependenciesMeta: {} }, ['major peerDependenciesMeta redis optional']],
    ['are no longer modules', { type: undefined }, ['major type']],
    ['have other side effects', { sideEffects: ['./dist/index.js'] }, ['major sideEffects']],
    ['have another name', { name: 'other' }, ['major name']],
    ['fit fewer systems', { os: ['linux'] }, ['major os']],
    ['say something else to people', { description: 'Text.' }, ['patch description']],
  ] as [string, object, string[]][])('that %s', (_, change, expected) => {
    const findings = compareManifests(before, { ...before, ...change });
    expect(findings.map(({ level, where }) => `${level} ${where.replace('package.json ', '')}`)).toEqual(expected);
  });

  it('say what was, and what is', () => {
    const [finding] = compareManifests(before, { ...before, engines: { node: '>=22' } });
    expect(finding).toEqual({ level: 'major', where: 'package.json engines node', what: 'was >=20.19, is >=22' });
  });
});
