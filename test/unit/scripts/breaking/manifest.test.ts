import { describe, expect, it } from 'vitest';
import { compareManifests, type Manifest } from '../../../../scripts/breaking/manifest.js';
import { shippedPaths } from '../../../../scripts/breaking/shipped.js';

const before = {
  name: 'pkg',
  version: '0.1.0',
  type: 'module',
  sideEffects: false,
  main: './dist/index.js',
  types: './dist/index.d.ts',
  imports: { '#hmac': { browser: './dist/web.js', node: './dist/node.js', default: './dist/web.js' } },
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './receiver': { types: './dist/receiver.d.ts', default: './dist/receiver.js' },
    './openapi.json': './generated/openapi.json',
    './package.json': './package.json',
  },
  files: ['dist', 'generated/openapi.json', 'llms.txt'],
  engines: { node: '>=20.19' },
  dependencies: { 'openapi-fetch': '0.17.0' },
  peerDependencies: { redis: '>=5', ioredis: '>=5 <6' },
  peerDependenciesMeta: { ioredis: { optional: true } },
} satisfies Manifest;

const { './receiver': _, ...withoutReceiver } = before.exports;
const root = before.exports['.'];

/** What is said of a change of some fields; undefined takes a field away. */
function changes(change: Record<string, unknown>, from: Manifest = before): string[] {
  const now = Object.fromEntries(Object.entries({ ...from, ...change }).filter(([, value]) => value !== undefined));
  return compareManifests(from, now).map(({ level, where, what }) => `${level} ${where} ${what}`);
}

describe('two manifests', () => {
  it.each([
    ['are the same', {}, []],
    [
      'differ in what is for development alone',
      { version: '0.2.0', devDependencies: { x: '1.0.0' }, scripts: { test: 'x' }, overrides: {} },
      [],
    ],
    ['lose an entry point', { exports: { ...withoutReceiver } }, ['major package.json exports ./receiver is gone']],
    [
      'gain an entry point',
      { exports: { ...before.exports, './testing': './dist/testing.js' } },
      ['minor package.json exports ./testing is new'],
    ],
    [
      'lose a condition',
      { exports: { ...before.exports, '.': { default: './dist/index.js' } } },
      ['major package.json exports . (types) is gone'],
    ],
    [
      'close a condition',
      { exports: { ...before.exports, '.': { ...root, types: null } } },
      ['major package.json exports . (types) is gone'],
    ],
    [
      'gain a condition',
      { exports: { ...before.exports, '.': { browser: './dist/browser.js', ...root } } },
      ['minor package.json exports . (browser) is new'],
    ],
    [
      'gain a condition within another',
      {
        exports: { ...before.exports, '.': { ...root, default: { node: './dist/n.js', default: './dist/index.js' } } },
      },
      ['minor package.json exports . (default > node) is new'],
    ],
    [
      'write the same conditions otherwise',
      {
        exports: {
          './package.json': { default: './package.json' },
          './openapi.json': './generated/openapi.json',
          './receiver': { types: { default: './dist/receiver.d.ts' }, default: './dist/receiver.js' },
          '.': root,
        },
      },
      [],
    ],
    [
      'move what an entry point leads to',
      { exports: { ...before.exports, '.': { ...root, default: './dist/main.js' } } },
      ['patch package.json exports . (default) led to ./dist/index.js, leads to ./dist/main.js'],
    ],
    [
      'put the conditions in another order',
      { exports: { ...before.exports, '.': { default: root.default, types: root.types } } },
      ['major package.json exports . has its conditions in another order, of which the first that holds counts'],
    ],
    [
      'choose by fewer conditions inside',
      { imports: { '#hmac': { browser: './dist/web.js', default: './dist/web.js' } } },
      ['major package.json imports #hmac (node) is gone'],
    ],
    [
      'name something else inside',
      { imports: { '#crypto': before.imports['#hmac'] } },
      ['patch package.json imports #hmac is gone', 'patch package.json imports #crypto is new'],
    ],
    ['lose what leads in without conditions', { main: undefined }, ['major package.json main is gone']],
    ['gain a program', { bin: { pkg: './dist/cli.js' } }, ['minor package.json bin pkg is new']],
    [
      'no longer pack what the package leads to',
      { files: ['dist', 'llms.txt'] },
      [
        'major package.json files does not hold ./generated/openapi.json, which the package leads to: npm leaves it out',
        'patch package.json files generated/openapi.json is gone',
      ],
    ],
    [
      'leave out what the package leads to',
      { files: [...before.files, '!dist/receiver.js'] },
      [
        'major package.json files does not hold ./dist/receiver.js, which the package leads to: npm leaves it out',
        'patch package.json files !dist/receiver.js is new',
      ],
    ],
    [
      'pack the same by patterns',
      { files: ['./dist/**/*.js', 'dist/*.ts', 'generated/*.json', 'llms.txt'], exports: before.exports },
      [
        'patch package.json files dist is gone',
        'patch package.json files generated/openapi.json is gone',
        'patch package.json files ./dist/**/*.js is new',
        'patch package.json files dist/*.ts is new',
        'patch package.json files generated/*.json is new',
      ],
    ],
    [
      'no longer pack what nothing leads to',
      { files: ['dist', 'generated/openapi.json'] },
      ['patch package.json files llms.txt is gone'],
    ],
    ['pack everything', { files: undefined }, before.files.map((name) => `patch package.json files ${name} is gone`)],
    [
      'want a newer Node',
      { engines: { node: '>=22' } },
      ['major package.json engines.node was >=20.19, is >=22: some that could run it no longer can'],
    ],
    ['take an older Node', { engines: { node: '>=18' } }, ['minor package.json engines.node was >=20.19, is >=18']],
    ['take any Node', { engines: undefined }, ['minor package.json engines.node was >=20.19, is *']],
    [
      'write the same range otherwise',
      { engines: { node: '>=20.19.0' } },
      ['patch package.json engines.node was >=20.19, is >=20.19.0'],
    ],
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
      'take another major of a dependency too',
      { dependencies: { 'openapi-fetch': '0.17.0 || ^1.0.0' } },
      ['major package.json dependencies.openapi-fetch was 0.17.0, is 0.17.0 || ^1.0.0'],
    ],
    [
      'have a fix of a dependency',
      { dependencies: { 'openapi-fetch': '0.17.1' } },
      ['patch package.json dependencies.openapi-fetch was 0.17.0, is 0.17.1'],
    ],
    [
      'take a dependency from elsewhere',
      { dependencies: { 'openapi-fetch': 'github:openapi-ts/openapi-fetch' } },
      ['major package.json dependencies.openapi-fetch was 0.17.0, is github:openapi-ts/openapi-fetch'],
    ],
    ['have one dependency less', { dependencies: {} }, ['patch package.json dependencies.openapi-fetch is gone']],
    [
      'have a new peer',
      { peerDependencies: { ...before.peerDependencies, hono: '>=4' } },
      ['major package.json peerDependencies.hono is new (>=4)'],
    ],
    [
      'have a new optional peer',
      {
        peerDependencies: { ...before.peerDependencies, hono: '>=4' },
        peerDependenciesMeta: { ...before.peerDependenciesMeta, hono: { optional: true } },
      },
      ['minor package.json peerDependencies.hono is new and optional (>=4)'],
    ],
    [
      'require a peer that was optional',
      { peerDependenciesMeta: undefined },
      ['major package.json peerDependencies.ioredis is now required'],
    ],
    [
      'no longer require a peer',
      { peerDependenciesMeta: { ioredis: { optional: true }, redis: { optional: true } } },
      ['minor package.json peerDependencies.redis is now optional'],
    ],
    [
      'want a newer peer',
      { peerDependencies: { ...before.peerDependencies, redis: '>=5.1' } },
      ['major package.json peerDependencies.redis was >=5, is >=5.1: some that fitted no longer do'],
    ],
    [
      'take more of a peer',
      { peerDependencies: { ...before.peerDependencies, ioredis: '>=5 <7' } },
      ['minor package.json peerDependencies.ioredis was >=5 <6, is >=5 <7'],
    ],
    [
      'ask for a peer by what is no range',
      { peerDependencies: { ...before.peerDependencies, redis: 'workspace:*' } },
      ['major package.json peerDependencies.redis was >=5, is workspace:*'],
    ],
    [
      'have one peer less',
      { peerDependencies: { redis: '>=5' }, peerDependenciesMeta: undefined },
      ['patch package.json peerDependencies.ioredis is gone'],
    ],
    ['are no longer modules', { type: undefined }, ['major package.json type was module, is commonjs']],
    [
      'may have side effects',
      { sideEffects: ['./dist/index.js'] },
      ['minor package.json sideEffects was false, is ["./dist/index.js"]: bundlers keep what nobody uses'],
    ],
    [
      'may have side effects anywhere',
      { sideEffects: undefined },
      ['minor package.json sideEffects was false, is undefined: bundlers keep what nobody uses'],
    ],
    ['have another name', { name: 'other' }, ['major package.json name was changed']],
    ['fit fewer systems', { os: ['linux'] }, ['major package.json os is new']],
    ['say something else to people', { description: 'Text.' }, ['patch package.json description is new']],
  ])('that %s', (_, change, expected) => {
    expect(changes(change)).toEqual(expected);
  });

  it('with one way in compare it, written as an object of conditions or not', () => {
    expect(changes({ exports: { '.': './a.js' } }, { exports: './a.js' })).toEqual([]);
    expect(changes({ exports: { import: './a.js' } }, { exports: './a.js' })).toEqual([
      'major package.json exports . (default) is gone',
      'minor package.json exports . (import) is new',
    ]);
  });

  it.each([
    [undefined, false],
    [true, ['./a.js']],
    [['./a.js', './b.js'], ['./b.js']],
  ])('that had side effects in %j, and have them in %j, let bundlers drop more', (was, is) => {
    const { level, what } = compareManifests({ sideEffects: was }, { sideEffects: is })[0] ?? {};
    expect(level).toBe('major');
    expect(what).toContain('bundlers may drop what was imported for its effect alone');
    expect(compareManifests({ sideEffects: is }, { sideEffects: was })[0]?.level).toBe('minor');
  });
});

describe('what is shipped', () => {
  it('is what `files` names, with the sources of what is built, and what npm packs unasked', () => {
    const paths = shippedPaths({ files: ['dist', 'llms.txt', '!llms.txt.bak'] });
    expect(paths).toEqual(expect.arrayContaining(['src', 'generated', 'llms.txt', ':(exclude)llms.txt.bak']));
    expect(paths).toEqual(expect.arrayContaining([':(icase)readme*', ':(icase)licen[cs]e*']));
    expect(paths).not.toContain('dist');
  });
});
