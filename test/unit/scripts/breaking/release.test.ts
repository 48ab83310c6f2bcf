import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { shippedPaths } from '../../../../scripts/breaking/compare.js';
import { findRelease, isShallow, ReleaseError } from '../../../../scripts/breaking/release.js';
import { commit, env, git, lose, repository, write } from './repository.js';

const packageJson = (version: string) => JSON.stringify({ version, files: ['dist', 'llms.txt'] });
const files = { 'package.json': packageJson('0.1.0'), 'src/a.ts': 'export {};', 'llms.txt': '', 'docs/a.md': '' };

/** For the programs that the code under test starts. */
const stub = (name: string, value: string | undefined) => {
  vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
};

beforeEach(() => {
  for (const name of new Set([...Object.keys(process.env), ...Object.keys(env)])) {
    if (name.startsWith('GIT_')) vi.stubEnv(name, env[name]);
  }
  return () => void vi.unstubAllEnvs();
});

describe('the release to compare with', () => {
  it('is the highest of the tags that lead to HEAD, with what it held', () => {
    const root = repository(files, 'v0.1.0');
    write(root, { 'package.json': packageJson('0.10.0'), 'src/b.ts': '' });
    commit(root, 'v0.10.0');
    write(root, { 'package.json': packageJson('0.9.0'), 'src/a.ts': 'changed' });
    commit(root, 'v0.9.0');
    for (const tag of ['v1', 'v2.0.0-rc.1', 'version-3.0.0']) git(root, 'tag', tag);
    git(root, 'checkout', '--quiet', '--orphan', 'elsewhere');
    commit(root, 'v7.0.0');
    git(root, 'checkout', '--quiet', 'v0.9.0');

    const release = findRelease(root, undefined);
    expect(release).toMatchObject({ name: 'v0.10.0', version: '0.10.0' });
    expect(release?.read(['src', 'none', 'llms.txt'])).toEqual(
      new Map([
        ['llms.txt', ''],
        ['src/a.ts', 'export {};'],
        ['src/b.ts', ''],
      ]),
    );
  });

  it('is read where the project is a folder of a repository', () => {
    const root = repository({ 'a/package.json': packageJson('0.1.0'), 'a/src/a.ts': 'old', 'b/c.md': '' }, 'v0.1.0');
    write(root, { 'a/src/a.ts': 'new', 'b/c.md': 'new' });
    const release = findRelease(join(root, 'a'), undefined);
    expect(release?.read(['src'])).toEqual(new Map([['src/a.ts', 'old']]));
    expect(release?.changed(['src'])).toEqual(['src/a.ts']);
    expect(release?.changed(['package.json'])).toEqual([]);
    expect(findRelease(join(root, 'b'), undefined)).toBeUndefined();
  });

  it('is found where git prints lists in columns, and with files that git does not know yet', () => {
    const root = repository(files, 'v0.1.0');
    git(root, 'tag', 'v0.0.9');
    git(root, 'config', 'column.ui', 'always');
    write(root, { 'src/new.ts': '', 'docs/new.md': '', '.gitignore': 'ignored', 'src/ignored': '' });
    const release = findRelease(root, undefined);
    expect(release?.name).toBe('v0.1.0');
    expect(release?.changed(['src'])).toEqual(['src/new.ts']);
  });

  it('is none before the first commit, and before the first tag', () => {
    const root = repository();
    expect(findRelease(root, undefined)).toBeUndefined();
    write(root, files);
    commit(root);
    expect(findRelease(root, undefined)).toBeUndefined();
    expect(isShallow(root)).toBe(false);
  });

  it('is what a ref names, and not what names no commit', () => {
    const root = repository(files, 'v0.1.0');
    for (const ref of ['HEAD', 'HEAD~0', 'v0.1.0', '@']) {
      expect(findRelease(root, ref)).toMatchObject({ name: ref, version: '0.1.0' });
    }
    const others = [
      'v9.9.9',
      '',
      '-x',
      '--help',
      '--all',
      'a b',
      'HEAD..HEAD',
      'HEAD^{tree}',
      'HEAD:package.json',
      'a\nb',
    ];
    for (const ref of others) {
      expect(() => findRelease(root, ref)).toThrow(`${JSON.stringify(ref)} is not a commit in this clone.`);
    }
  });

  it.each([
    ['does not parse', '{', 'JSON'],
    ['is no object', 'null', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    ['has no version', '{}', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    ['has a version that is none', '{"version":"1"}', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    [
      'has another version than its tag',
      packageJson('0.2.0'),
      'The tag v0.1.0 has version 0.2.0 in package.json: tag the commit that is 0.1.0.',
    ],
  ])('is refused where its package.json %s', (_, text, message) => {
    const root = repository({ ...files, 'package.json': text }, 'v0.1.0');
    expect(() => findRelease(root, undefined)).toThrow(message);
    expect(() => findRelease(root, 'v0.1.0')).toThrow(message);
  });

  it('is refused where a commit that was asked for has no package.json', () => {
    const root = repository({ 'README.md': '' });
    expect(() => findRelease(root, 'HEAD')).toThrow('HEAD has no package.json.');
  });
});

describe('what keeps git from answering', () => {
  it('is told: git is not installed', () => {
    const root = repository(files, 'v0.1.0');
    stub('PATH', '');
    expect(() => findRelease(root, undefined)).toThrow('git is not installed');
  });

  it('is told: this is no repository, where a ref was asked for', () => {
    const root = repository(files, 'v0.1.0');
    rmSync(join(root, '.git'), { recursive: true });
    expect(() => findRelease(root, 'HEAD')).toThrow(/not a git repository .*\(git rev-parse in /);
    expect([findRelease(root, undefined), isShallow(root)]).toEqual([undefined, false]);
  });

  it('is told: the folder belongs to somebody else', () => {
    const root = repository(files, 'v0.1.0');
    stub('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(() => findRelease(root, undefined)).toThrow('dubious ownership');
  });

  it('is told: a file of the release is lost, which is not the same as never there', () => {
    const root = repository(files, 'v0.1.0');
    const release = findRelease(root, undefined);
    lose(root, 'HEAD:src/a.ts');
    expect(() => release?.read(['src/a.ts'])).toThrow(ReleaseError);
    expect(release?.read(['src/b.ts'])).toEqual(new Map());
    lose(root, 'HEAD^{tree}');
    expect(() => release?.read(['src'])).toThrow(ReleaseError);
    expect(() => release?.changed(['src'])).toThrow(ReleaseError);
  });
});

describe('what is shipped', () => {
  it('is what is packed or built into that, and what npm adds', () => {
    const shipped = ['LICENSE', 'README.md', 'generated/a.ts', 'llms.txt', 'scripts/build/build.ts', 'src/a.ts'];
    const others = ['docs/README.md', 'docs/a.md', 'test/a.test.ts', 'CHANGELOG.md', 'scripts/check/index.ts'];
    const texts = (text: string) => Object.fromEntries([...shipped, ...others].map((file) => [file, text]));
    const root = repository({ ...texts('old'), 'package.json': files['package.json'] }, 'v0.1.0');
    const release = findRelease(root, undefined);
    const paths = shippedPaths({ files: ['dist', 'llms.txt', '!llms.txt.bak'] });
    expect(release?.changed(paths)).toEqual([]);
    write(root, texts('new'));
    expect(release?.changed(paths)).toEqual(shipped);
  });
});
