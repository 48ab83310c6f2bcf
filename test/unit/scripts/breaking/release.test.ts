import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shippedPaths } from '../../../../scripts/breaking/compare.js';
import { findRelease, ReleaseError } from '../../../../scripts/breaking/release.js';
import { commit, env, git, lose, repository, write } from './repository.js';

const packageJson = (version: string) => JSON.stringify({ version, files: ['dist', 'llms.txt'] });
const files = { 'package.json': packageJson('0.1.0'), 'src/a.ts': 'export {};', 'llms.txt': '', 'docs/a.md': '' };

beforeEach(() => {
  for (const name of new Set([...Object.keys(process.env), ...Object.keys(env)])) {
    if (name.startsWith('GIT_')) vi.stubEnv(name, env[name]);
  }
  return () => void vi.unstubAllEnvs();
});

describe('the release to compare with', () => {
  it('is the highest tag before HEAD, with its files', () => {
    const root = repository(files, 'v0.1.0');
    write(root, { 'package.json': packageJson('0.10.0'), 'src/b.ts': '' });
    commit(root, 'v0.10.0');
    write(root, { 'package.json': packageJson('0.9.0'), 'src/a.ts': 'changed' });
    commit(root, 'v0.9.0');
    for (const tag of ['v1', 'v2.0.0-rc.1', 'version-3.0.0']) git(root, 'tag', tag);
    git(root, 'checkout', '--quiet', '--orphan', 'elsewhere');
    commit(root, 'v7.0.0');
    git(root, 'checkout', '--quiet', 'v0.9.0');

    const release = findRelease(root);
    expect(release).toMatchObject({ name: 'v0.10.0', manifest: { version: '0.10.0' } });
    expect(release?.read(['src', 'none', 'llms.txt'])).toEqual(
      new Map([
        ['llms.txt', ''],
        ['src/a.ts', 'export {};'],
        ['src/b.ts', ''],
      ]),
    );
  });

  it('is read if the project is a folder of a repository, and compared with untracked files', () => {
    const root = repository({ 'a/package.json': packageJson('0.1.0'), 'a/src/a.ts': 'old', 'b/c.md': '' }, 'v0.1.0');
    write(root, {
      'a/src/a.ts': 'new',
      'a/src/new.ts': '',
      'b/c.md': 'new',
      '.gitignore': 'ignored',
      'a/src/ignored': '',
    });
    const release = findRelease(join(root, 'a'));
    expect(release?.read(['src'])).toEqual(new Map([['src/a.ts', 'old']]));
    expect(release?.changed(['src'])).toEqual(['src/a.ts', 'src/new.ts']);
    expect(release?.changed(['package.json'])).toEqual([]);
  });

  it('can be given as a ref, which must be a commit', () => {
    const root = repository(files, 'v0.1.0');
    for (const ref of ['HEAD', 'v0.1.0'])
      expect(findRelease(root, ref)).toMatchObject({ name: ref, manifest: { version: '0.1.0' } });
    for (const ref of ['v9.9.9', '', '--help', 'HEAD^{tree}'])
      expect(() => findRelease(root, ref)).toThrow(ReleaseError);
  });

  it.each([
    [
      'no version',
      '{}',
      'v0.1.0 has the version undefined in its package.json, which is invalid or does not match the tag.',
    ],
    [
      'a version that is none',
      '{"version":"1"}',
      'v0.1.0 has the version 1 in its package.json, which is invalid or does not match the tag.',
    ],
    [
      'another version than its tag',
      packageJson('0.2.0'),
      'v0.1.0 has the version 0.2.0 in its package.json, which is invalid or does not match the tag.',
    ],
  ])('is refused if its package.json has %s', (_, text, message) => {
    const root = repository({ ...files, 'package.json': text }, 'v0.1.0');
    expect(() => findRelease(root)).toThrow(message);
  });

  it('is refused if one of its files is lost, unlike a file that never existed', () => {
    const root = repository(files, 'v0.1.0');
    const release = findRelease(root);
    lose(root, 'HEAD:src/a.ts');
    expect(() => release?.read(['src/a.ts'])).toThrow(ReleaseError);
    expect(release?.read(['src/b.ts'])).toEqual(new Map());
  });
});

describe('the shipped files', () => {
  it('includes packed files, their sources, and files that npm adds', () => {
    const shipped = ['LICENSE', 'README.md', 'generated/a.ts', 'llms.txt', 'scripts/build/build.ts', 'src/a.ts'];
    const others = ['docs/README.md', 'docs/a.md', 'test/a.test.ts', 'CHANGELOG.md', 'scripts/check/index.ts'];
    const texts = (text: string) => Object.fromEntries([...shipped, ...others].map((file) => [file, text]));
    const root = repository({ ...texts('old'), 'package.json': files['package.json'] }, 'v0.1.0');
    const release = findRelease(root);
    const paths = shippedPaths({ files: ['dist', 'llms.txt', '!llms.txt.bak'] });
    expect(release?.changed(paths)).toEqual([]);
    write(root, texts('new'));
    expect(release?.changed(paths)).toEqual(shipped);
  });
});
