import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commit, git, repository, runBreaking } from './repository.js';

/** A repository that looks like a project as far as the release, and no further. */
const small = { 'package.json': '{ "version": "0.1.0" }', 'redocly.yaml': '', 'CHANGELOG.md': '' };

test('without a release there is nothing to compare with', async () => {
  expect(await runBreaking(repository(small))).toEqual({ code: 0, output: 'There is no release to compare with.\n' });
});

test('a shallow clone says how to get the releases', async () => {
  const root = repository(small, 'v0.1.0');
  writeFileSync(join(root, 'CHANGELOG.md'), 'More.');
  commit(root);
  const clone = repository();
  git(clone, 'clone', '--quiet', '--depth', '1', `file://${root}`, 'clone');
  expect(await runBreaking(join(clone, 'clone'))).toEqual({
    code: 0,
    output:
      'There is no release to compare with.\n' +
      'This clone is shallow: `git fetch --unshallow --tags` gets the releases.\n',
  });
  git(join(clone, 'clone'), 'fetch', '--quiet', '--unshallow', '--tags');
  expect(git(join(clone, 'clone'), 'tag')).toBe('v0.1.0\n');
});

test('what keeps it from comparing is said in a line, and ends with 2', async () => {
  expect(await runBreaking(repository(small, 'v0.2.0'))).toEqual({
    code: 2,
    output:
      'The tag v0.2.0 has version 0.1.0 in package.json: tag the commit that is 0.2.0.\n\n' +
      'Nothing was compared. Fix it and run this again.\n',
  });
});

test('an error that nobody expects ends with 2 too, and says where it comes from', async () => {
  const root = repository(small, 'v0.1.0');
  writeFileSync(join(root, 'package.json'), 'broken');
  const { code, output } = await runBreaking(root);
  expect(output).toMatch(
    /^SyntaxError: [\s\S]+ at judge [\s\S]+\n\nNothing was compared\. Fix it and run this again\.\n$/,
  );
  expect(code).toBe(2);
});

test.each([[['--against']], [['--what']], [['more']]])('arguments such as %j show how it is used', async (args) => {
  const { code, output } = await runBreaking(repository(small), ...args);
  expect(output).toContain('Usage: npm run breaking');
  expect(code).toBe(2);
});

test('a folder that is no project shows how it is used', async () => {
  const { code, output } = await runBreaking(repository({ 'README.md': '' }));
  expect(output).toMatch(/^There is no redocly\.yaml in .+\nUsage: npm run breaking/);
  expect(code).toBe(2);
});
