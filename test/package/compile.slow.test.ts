import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../../scripts/lib/package.js';
import { compilers } from '../../scripts/lib/run-node.js';
import { run } from './run.js';

const modules = {
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
};

/** Where a program gets the types of `fetch` from: the client's options and `raw` need one of the two. The consumer has no `@types`. */
const platforms = {
  'the types of browsers': ['--lib', 'ES2022,DOM,DOM.Iterable'],
  'the types of Node': ['--lib', 'ES2022', '--types', 'node', '--typeRoots', join(root, 'node_modules/@types')],
};

interface Case {
  readonly compiler: keyof typeof compilers;
  readonly module: keyof typeof modules;
  readonly platform: keyof typeof platforms;
  readonly programs: readonly string[];
}

const [esm, cjs, node] = ['consumer.mts', 'consumer.cts', 'consumer-node.mts'];

/**
 * The others take seconds where TypeScript 7 takes none, and say the same: they get fewer cases. `require` of an ES module compiles since
 * TypeScript 5.8.
 */
const cases: readonly Case[] = [
  { compiler: 'TypeScript 7', module: 'nodenext', platform: 'the types of browsers', programs: [esm, cjs] },
  { compiler: 'TypeScript 7', module: 'nodenext', platform: 'the types of Node', programs: [esm, cjs, node] },
  { compiler: 'TypeScript 7', module: 'bundler', platform: 'the types of browsers', programs: [esm] },
  { compiler: 'TypeScript 7', module: 'bundler', platform: 'the types of Node', programs: [esm, node] },
  { compiler: 'TypeScript 6', module: 'nodenext', platform: 'the types of Node', programs: [esm, cjs, node] },
  { compiler: 'TypeScript 5.4', module: 'nodenext', platform: 'the types of Node', programs: [esm, node] },
  { compiler: 'TypeScript 5.4', module: 'bundler', platform: 'the types of browsers', programs: [esm] },
];

describe('a program that uses the installed package compiles, declarations included', () => {
  it.each(cases)(
    'with $compiler, module resolution as in $module, and $platform',
    ({ compiler, module, platform, programs }) => {
      const strictness = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--target', 'es2022'];
      const { status, stdout } = run(
        process.execPath,
        [
          compilers[compiler],
          ...modules[module],
          ...platforms[platform],
          ...strictness,
          '--declaration',
          '--noEmit',
          ...programs,
        ],
        { cwd: inject('consumer') },
      );
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    },
  );

  it('with the oldest TypeScript that the README names', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const oldest = Object.keys(compilers).at(-1);
    expect(readme).toContain(`${oldest}+`);
    expect(run(process.execPath, [compilers['TypeScript 5.4'], '--version'], { cwd: root }).stdout).toContain(' 5.4.');
  });
});
