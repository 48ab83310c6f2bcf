import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ReleaseError } from '../../../../scripts/breaking/git.js';
import { findRelease, isShallow } from '../../../../scripts/breaking/release.js';
import { shippedPaths } from '../../../../scripts/breaking/shipped.js';
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
  it('is the highest of the tags that lead to HEAD, with what it held', async () => {
    const root = repository(files, 'v0.1.0');
    write(root, { 'package.json': packageJson('0.10.0'), 'src/b.ts': '' });
    commit(root, 'v0.10.0');
    write(root, { 'package.json': packageJson('0.9.0'), 'src/a.ts': 'changed' });
    commit(root, 'v0.9.0');
    for (const tag of ['v1', 'v2.0.0-rc.1', 'version-3.0.0']) git(root, 'tag', tag);
    git(root, 'checkout', '--quiet', '--orphan', 'elsewhere');
    commit(root, 'v7.0.0');
    git(root, 'checkout', '--quiet', 'v0.9.0');

    const release = await findRelease(root, undefined);
    expect(release).toMatchObject({ name: 'v0.10.0', version: '0.10.0' });
    expect(await release?.read('src/a.ts')).toBe('export {};');
    expect(await release?.read('src/none.ts')).toBeUndefined();
    expect(await release?.list('src')).toEqual(['src/a.ts', 'src/b.ts']);
    expect(await release?.list('none')).toEqual([]);
  });

  it('is read where the project is a folder of a repository', async () => {
    const root = repository({ 'a/package.json': packageJson('0.1.0'), 'a/src/a.ts': 'old', 'b/c.md': '' }, 'v0.1.0');
    write(root, { 'a/src/a.ts': 'new', 'b/c.md': 'new' });
    const release = await findRelease(join(root, 'a'), undefined);
    expect(await release?.read('src/a.ts')).toBe('old');
    expect(await release?.list('src')).toEqual(['src/a.ts']);
    expect(await release?.changed(['src'])).toEqual(['src/a.ts']);
    expect(await release?.changed(['package.json'])).toEqual([]);
    expect(await findRelease(join(root, 'b'), undefined)).toBeUndefined();
  });

  it('is found where git prints lists in columns, and with files that git does not know yet', async () => {
    const root = repository(files, 'v0.1.0');
    git(root, 'tag', 'v0.0.9');
    git(root, 'config', 'column.ui', 'always');
    write(root, { 'src/new.ts': '', 'docs/new.md': '', '.gitignore': 'ignored', 'src/ignored': '' });
    const release = await findRelease(root, undefined);
    expect(release?.name).toBe('v0.1.0');
    expect(await release?.changed(['src'])).toEqual(['src/new.ts']);
  });

  it('is none before the first commit, and before the first tag', async () => {
    const root = repository();
    expect(await findRelease(root, undefined)).toBeUndefined();
    write(root, files);
    commit(root);
    expect(await findRelease(root, undefined)).toBeUndefined();
    expect(await isShallow(root)).toBe(false);
  });

  it.each(['HEAD', 'HEAD~0', 'v0.1.0', '@'])('is what %s names', async (ref) => {
    expect(await findRelease(repository(files, 'v0.1.0'), ref)).toMatchObject({ name: ref, version: '0.1.0' });
  });

  it.each([
    'v9.9.9',
    '',
    '-x',
    '--help',
    '--all',
    'a b',
    'HEAD..HEAD',
    'HEAD^{tree}',
    'HEAD:package.json',
    '../..',
    'a\nb',
  ])('is not what %j names', async (ref) => {
    const root = repository(files, 'v0.1.0');
    await expect(findRelease(root, ref)).rejects.toThrow(ReleaseError);
    await expect(findRelease(root, ref)).rejects.toThrow(`${JSON.stringify(ref)} is no commit that this clone has.`);
  });

  it.each([
    ['does not parse', '{', 'The package.json of v0.1.0 does not parse: '],
    ['is no object', 'null', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    ['has no version', '{}', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    ['has a version that is none', '{"version":"1"}', 'The package.json of v0.1.0 has no version such as 1.2.3.'],
    [
      'has another version than its tag',
      packageJson('0.2.0'),
      'The tag v0.1.0 holds version 0.2.0 in package.json: tag the commit that is 0.1.0.',
    ],
  ])('is refused where its package.json %s', async (_, text, message) => {
    const root = repository({ ...files, 'package.json': text }, 'v0.1.0');
    await expect(findRelease(root, undefined)).rejects.toThrow(message);
    await expect(findRelease(root, 'v0.1.0')).rejects.toThrow(message);
  });

  it('is refused where a commit that was asked for has no package.json', async () => {
    const root = repository({ 'README.md': '' });
    await expect(findRelease(root, 'HEAD')).rejects.toThrow('HEAD has no package.json.');
  });
});

describe('what keeps git from answering', () => {
  it('is told: git is not installed', async () => {
    const root = repository(files, 'v0.1.0');
    stub('PATH', '');
    await expect(findRelease(root, undefined)).rejects.toThrow('git is not installed');
  });

  it('is told: this is no repository, where a ref was asked for', async () => {
    const root = repository(files, 'v0.1.0');
    rmSync(join(root, '.git'), { recursive: true });
    await expect(findRelease(root, 'HEAD')).rejects.toThrow(/not a git repository .*\(git rev-parse in /);
    expect([await findRelease(root, undefined), await isShallow(root)]).toEqual([undefined, false]);
  });

  it('is told: the folder belongs to somebody else', async () => {
    const root = repository(files, 'v0.1.0');
    stub('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    await expect(findRelease(root, undefined)).rejects.toThrow('dubious ownership');
  });

  it('is told: a file of the release is lost, which is not the same as never there', async () => {
    const root = repository(files, 'v0.1.0');
    const release = await findRelease(root, undefined);
    lose(root, 'HEAD:src/a.ts');
    await expect(release?.read('src/a.ts')).rejects.toThrow(ReleaseError);
    expect(await release?.read('src/b.ts')).toBeUndefined();
    lose(root, 'HEAD^{tree}');
    await expect(release?.list('src')).rejects.toThrow(ReleaseError);
    await expect(release?.changed(['src'])).rejects.toThrow(ReleaseError);
  });
});

describe('what is shipped', () => {
  it.each([
    ['a source', 'src/a.ts', true],
    ['what is generated', 'generated/a.ts', true],
    ['how it is built', 'scripts/build/build.ts', true],
    ['a file of `files`', 'llms.txt', true],
    ['the README', 'README.md', true],
    ['the license', 'LICENSE', true],
    ['the README of a folder', 'docs/README.md', false],
    ['a document', 'docs/a.md', false],
    ['a test', 'test/a.test.ts', false],
    ['the changelog', 'CHANGELOG.md', false],
    ['another script', 'scripts/check/index.ts', false],
  ])('changes with %s', async (_, file, expected) => {
    const root = repository({ ...files, [file]: 'old' }, 'v0.1.0');
    const release = await findRelease(root, undefined);
    const paths = shippedPaths(JSON.parse(files['package.json']));
    write(root, { [file]: 'old' });
    expect(await release?.changed(paths)).toEqual([]);
    write(root, { [file]: 'new' });
    expect(await release?.changed(paths)).toEqual(expected ? [file] : []);
  });
});
