import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../../scripts/lib/package.js';

const tarball = inject('tarball');
const installed = join(inject('consumer'), 'node_modules/dixa-webhooks');
const paths = tarball.files.map(({ path }) => path);
const read = (path: string) => readFileSync(join(installed, path), 'utf8');

type Exports = Record<string, string | Record<string, string>>;

describe('the tarball', () => {
  it('contains only the bundle, its declarations, the contract, llms.txt, and files that npm adds', () => {
    const declaration = /^dist\/types\/(src|generated)\/[\w/-]+\.d\.ts$/;
    const shared = /^dist\/chunk-[A-Z0-9]{8}\.js$/;
    expect(paths.filter((path) => !declaration.test(path) && !shared.test(path)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/client/index.js',
      'dist/hmac/node.js',
      'dist/hmac/web.js',
      'dist/manage/index.js',
      'dist/receiver/index.js',
      'dist/receiver/node.js',
      'dist/receiver/redis.js',
      'dist/testing/index.js',
      'generated/openapi.json',
      'llms.txt',
      'package.json',
    ]);
  });

  it('stays small', () => {
    expect(tarball.size).toBeLessThan(200_000);
  });

  it('contains no path of the build machine', () => {
    expect(paths.filter((path) => read(path).includes(root.replace(/[/\\]$/, '')))).toEqual([]);
  });

  it('refers only to files that it contains', () => {
    const { exports, types } = JSON.parse(read('package.json')) as { exports: Exports; types: string };
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? target : Object.values(target),
    );
    expect([...targets, types].filter((target) => !existsSync(join(installed, target)))).toEqual([]);
  });

  it('keeps the doc comments for editors', () => {
    expect(read('dist/types/src/client/client.d.ts')).toContain('@example');
    expect(read('dist/types/generated/event-types.d.ts')).toContain('/** A conversation was created. */');
  });
});

describe('the declarations', () => {
  const declarations = paths.filter((path) => path.endsWith('.d.ts'));

  it('import only each other, the package and its dependency, and the adapter for Node its types', () => {
    const { name, dependencies } = JSON.parse(read('package.json')) as { name: string; dependencies: object };
    const strays = declarations.flatMap((path) =>
      [...read(path).matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)]
        .map(([, target = '']) => target)
        .filter((target) =>
          target.startsWith('.')
            ? !declarations.includes(join(path, '..', target).replace(/\.js$/, '.d.ts'))
            : !(target in dependencies) &&
              target.split('/')[0] !== name &&
              !(target.startsWith('node:') && /\/receiver\/node(-body)?\.d\.ts$/.test(path)),
        )
        .map((target) => `${path} imports ${target}`),
    );
    expect(strays).toEqual([]);
  });
});
