import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readme } from '../../generated/version.js';
import { root } from '../../scripts/lib/package.js';

const tarball = inject('tarball');
const installed = join(inject('consumer'), 'node_modules/dixa-webhooks');
const paths = tarball.files.map(({ path }) => path);
const read = (path: string) => readFileSync(join(installed, path), 'utf8');

type Exports = Record<string, string | Record<string, string>>;

describe('the tarball', () => {
  it('holds the bundle, its declarations, the contract, what people read, and nothing else', () => {
    const declaration = /^dist\/types\/(src|generated)\/[\w/-]+\.d\.ts$/;
    const shared = /^dist\/chunk-[A-Z0-9]{8}\.js$/;
    const example = /^examples\/(ratings\/)?[\w.-]+\.tsx?$/;
    const others = paths.filter((path) => ![declaration, shared, example].some((each) => each.test(path)));
    expect(others.sort()).toEqual([
      'BENCHMARKS.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/cli.LICENSES.txt',
      'dist/cli.js',
      'dist/client/index.js',
      'dist/hmac/node.js',
      'dist/hmac/web.js',
      'dist/manage/index.js',
      'dist/receiver/index.js',
      'dist/receiver/node.js',
      'dist/receiver/redis.js',
      'dist/testing/index.js',
      'docs/benchmarks.svg',
      'docs/reference.md',
      'examples/README.md',
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

  it('has every file that its README and messages link to', () => {
    const linksOf = (file: string) =>
      [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => join(file, '..', target));
    const targets = ['README.md', 'docs/reference.md', 'examples/README.md'].flatMap(linksOf);
    expect(targets).toEqual(expect.arrayContaining(['docs/reference.md', 'examples/express.ts']));
    expect(targets.filter((target) => !existsSync(join(installed, target)))).toEqual([]);
    const { repository } = JSON.parse(read('package.json')) as { repository?: object };
    if (!repository) expect(readme).toBe('dixa-webhooks/README.md');
  });

  it('leaves homepage and bugs to npm, which derives both from repository', () => {
    const { homepage, bugs } = JSON.parse(read('package.json')) as { homepage?: string; bugs?: object };
    expect({ homepage, bugs }).toEqual({});
  });

  it('points to files that are in it', () => {
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
