import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../../scripts/lib/package.js';
import { run } from './run.js';

const modules = {
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
};

/** Where a program gets the types of `fetch` from: the client's options and `raw` need one of the two. */
const platforms = {
  'the types of browsers': ['--lib', 'ES2022,DOM,DOM.Iterable', '--types', ''],
  'the types of Node': ['--lib', 'ES2022', '--types', 'node', '--typeRoots', join(root, 'node_modules/@types')],
};

const programs = {
  nodenext: ['consumer.mts', 'consumer.cts'],
  bundler: ['consumer.mts'],
};

const compilers = {
  'TypeScript 6': 'node_modules/typescript/bin/tsc',
  'TypeScript 7': 'node_modules/typescript-native/bin/tsc',
};

interface Case {
  readonly compiler: keyof typeof compilers;
  readonly module: keyof typeof modules;
  readonly platform: keyof typeof platforms;
}

/** TypeScript 6 takes seconds where 7 takes none, and says the same: it gets one case. */
const cases: readonly Case[] = [
  { compiler: 'TypeScript 7', module: 'nodenext', platform: 'the types of browsers' },
  { compiler: 'TypeScript 7', module: 'nodenext', platform: 'the types of Node' },
  { compiler: 'TypeScript 7', module: 'bundler', platform: 'the types of browsers' },
  { compiler: 'TypeScript 7', module: 'bundler', platform: 'the types of Node' },
  { compiler: 'TypeScript 6', module: 'nodenext', platform: 'the types of Node' },
];

describe('a program that uses the installed package compiles, declarations included', () => {
  it.each(cases)('with $compiler, module resolution as in $module, and $platform', ({ compiler, module, platform }) => {
    const strictness = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--target', 'es2022'];
    const { status, stdout } = run(
      process.execPath,
      [
        join(root, compilers[compiler]),
        ...modules[module],
        ...platforms[platform],
        ...strictness,
        '--declaration',
        '--noEmit',
        ...programs[module],
      ],
      { cwd: inject('consumer') },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
