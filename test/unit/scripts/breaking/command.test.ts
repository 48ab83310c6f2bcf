import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractFile, edit, projectRoot, run, temporaryProject } from '../generate/project.js';
import { commit, env, git, lose, repository } from './repository.js';

const script = 'breaking';
const timeout = 180_000;

/** A copy of the project in a repository of its own, released as it is. */
async function releasedProject({ tag = 'v0.1.0', without = '' } = {}): Promise<string> {
  const root = await temporaryProject();
  for (const name of ['CHANGELOG.md', 'test/types'])
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0\n\n- All of it.\n');
  writeFileSync(join(root, '.gitignore'), 'node_modules\ntmp\n');
  if (without) rmSync(join(root, without));
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'tmp'));
  git(root, 'init', '--quiet');
  commit(root, tag);
  return root;
}

/** The environment of the command: its temporary folders are looked at afterwards. */
const environment = (root: string) => ({ ...env, TMPDIR: join(root, 'tmp') });

const breaking = (root: string, ...args: string[]) =>
  run(script, ['--root', root, ...args], { cwd: root, env: environment(root) });

const foldersOf = (root: string) => readdirSync(join(root, 'tmp')).filter((name) => name.startsWith('breaking-'));

test('without a change nothing is asked for, and nothing is left behind or touched', { timeout }, async () => {
  const root = await releasedProject();
  const index = () => [readFileSync(join(root, '.git/index')), statSync(join(root, '.git/index')).mtimeMs];
  const before = index();
  const { code, output } = await breaking(root);
  expect(output).toContain('Since v0.1.0:');
  expect(output.match(/: nothing$/gm)).toHaveLength(5);
  expect(output).toMatch(/^nothing that is shipped has changed; CHANGELOG\.md promises 0\.1\.0 \(/m);
  expect(code).toBe(0);
  expect(index()).toEqual(before);
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(git(root, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  expect(foldersOf(root)).toEqual([]);
});

test('an optional property that is new is minor, and the changelog has to promise a version for it', {
  timeout,
}, async () => {
  const root = await releasedProject();
  const before = '        secretKey:\n          description: >-\n            The key that signs';
  await edit(
    root,
    contractFile,
    before,
    `        shade:\n          description: A shade.\n          type: string\n${before}`,
  );
  const { code, output } = await breaking(root);
  expect(output).toMatch(/minor {2}#\/components\/schemas\/WebhookSubscription\/properties\/shade \(.*\) is new/);
  expect(output).toMatch(/minor {2}Schemas\['WebhookSubscription'\]\.shade is new/);
  expect(output).toMatch(/^minor: after 0\.1\.0 comes 0\.1\.1 or higher; CHANGELOG\.md promises 0\.1\.0/m);
  expect(output).toContain('write an entry "## 0.1.1 (not yet released)" there');
  expect(code).toBe(1);

  await edit(root, 'CHANGELOG.md', '## 0.1.0', '## 0.1.1 (not yet released)\n\n- Shades.\n\n## 0.1.0');
  const promised = await breaking(root);
  expect(promised.output).toMatch(/^minor: after 0\.1\.0 comes 0\.1\.1 or higher; CHANGELOG\.md promises 0\.1\.1/m);
  expect(promised.code).toBe(0);
});

test('a change of what is packed, and of nothing that is compared, is a patch', { timeout }, async () => {
  const root = await releasedProject();
  writeFileSync(join(root, 'README.md'), `${readFileSync(join(root, 'README.md'), 'utf8')}\nMore.\n`);
  const { code, output } = await breaking(root);
  expect(output).toMatch(/^ {2}patch {2}README\.md was changed$/m);
  expect(output).toMatch(/^patch: after 0\.1\.0 comes 0\.1\.1 or higher; CHANGELOG\.md promises 0\.1\.0 \(/m);
  expect(code).toBe(1);
});

test('an export that is gone is major, in the report, the old type tests and the old README', { timeout }, async () => {
  const root = await releasedProject();
  await edit(root, 'src/index.ts', 'export { allOf, anyOf', 'export { anyOf');
  const { code, output } = await breaking(root, '--against', 'v0.1.0');
  expect(output).toMatch(/^ {2}major {2}dixa-webhooks: allOf is not exported any more$/m);
  expect(output).toMatch(/^ {2}major {2}test\/types\/cases\/requests\.ts:2 compiled, and does not any more/m);
  expect(output).toMatch(/^ {2}major {2}README\.md:\d+ compiled, and does not any more/m);
  expect(output).toMatch(/^major: after 0\.1\.0 comes 0\.2\.0 or higher/m);
  expect(code).toBe(1);
});

test('a release from before api.md is compared by all else', { timeout }, async () => {
  const root = await releasedProject({ without: 'api.md' });
  const { code, output } = await breaking(root);
  expect(output).toContain('the exports: not compared. v0.1.0 has no api.md.');
  expect(output.match(/: nothing$/gm)).toHaveLength(4);
  expect(code).toBe(0);
});

test('a contract that does not pass is told of, and nothing is compared', { timeout }, async () => {
  const root = await releasedProject();
  await edit(root, contractFile, 'enum: [All, Any]', 'enum: [All]');
  const { code, output } = await breaking(root);
  expect(output).toContain('no-invalid-media-type-examples');
  expect(output).toContain('Nothing was compared.');
  expect(code).toBe(2);
});

test('a release of which git has lost a file is told of, and is not one without that file', { timeout }, async () => {
  const root = await releasedProject();
  lose(root, 'HEAD:generated/openapi.json');
  const { code, output } = await breaking(root);
  expect(output).toMatch(
    /^fatal: .+ \(git cat-file in .+\)\.\n\nNothing was compared\. Mend it and run this again\.\n$/,
  );
  expect(code).toBe(2);
});

/** A repository that looks like a project as far as the release, and no further. */
const small = { 'package.json': '{ "version": "0.1.0" }', 'redocly.yaml': '', 'CHANGELOG.md': '' };

test('without a release there is nothing to compare with', { timeout }, async () => {
  const root = repository(small);
  expect(await breaking(root)).toEqual({ code: 0, output: 'no release to compare with\n' });
});

test('a shallow clone is told how to get the releases', { timeout }, async () => {
  const root = repository(small, 'v0.1.0');
  writeFileSync(join(root, 'CHANGELOG.md'), 'More.');
  commit(root);
  const clone = repository();
  git(clone, 'clone', '--quiet', '--depth', '1', `file://${root}`, 'clone');
  expect(await breaking(join(clone, 'clone'))).toEqual({
    code: 0,
    output: 'no release to compare with\nThis clone is shallow: `git fetch --unshallow --tags` brings the releases.\n',
  });
  git(join(clone, 'clone'), 'fetch', '--quiet', '--unshallow', '--tags');
  expect(git(join(clone, 'clone'), 'tag')).toBe('v0.1.0\n');
});

test('what keeps it from comparing is told in a line, and ends with 2', { timeout }, async () => {
  const root = repository(small, 'v0.2.0');
  expect(await breaking(root)).toEqual({
    code: 2,
    output:
      'The tag v0.2.0 holds version 0.1.0 in package.json: tag the commit that is 0.2.0.\n\n' +
      'Nothing was compared. Mend it and run this again.\n',
  });
});

test('an error that nobody expects ends with 2 too, and says where it comes from', { timeout }, async () => {
  const root = repository(small, 'v0.1.0');
  writeFileSync(join(root, 'package.json'), 'broken');
  const { code, output } = await breaking(root);
  expect(output).toMatch(
    /^SyntaxError: [\s\S]+ at judge [\s\S]+\n\nNothing was compared\. Mend it and run this again\.\n$/,
  );
  expect(code).toBe(2);
});

test.each([
  [['--agianst', 'v1.0.0'], "Unknown option '--agianst'"],
  [['v1.0.0'], "Unexpected argument 'v1.0.0'"],
  [['--root', tmpdir()], 'There is no redocly.yaml in'],
])('%j is refused with the usage', { timeout }, async (args, message) => {
  const { code, output } = await run(script, args, { env });
  expect(output).toContain(message);
  expect(output).toContain('Usage: npm run breaking');
  expect(code).toBe(2);
});

test('interrupted while it compares contracts, it leaves no folder behind', { timeout }, async () => {
  const root = await releasedProject();
  const args = ['--import', import.meta.resolve('tsx'), join(projectRoot, script), '--root', root];
  const child = spawn(process.execPath, args, { cwd: root, env: environment(root), stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', (code) => done(code)));
  while (foldersOf(root).length === 0 && child.exitCode === null) await new Promise(setImmediate);
  expect(foldersOf(root)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(foldersOf(root)).toEqual([]);
});
