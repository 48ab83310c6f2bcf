import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, runBreaking } from './repository.js';

/** A repository that looks like a project as far as the release, and no further. */
const small = { 'package.json': '{ "version": "0.1.0" }', 'redocly.yaml': '', 'CHANGELOG.md': '' };

test('without a release there is nothing to compare with', async () => {
  const { code, output } = await runBreaking(repository(small));
  expect(output).toMatch(/^There is no release to compare with\. .*`git fetch --unshallow --tags`/);
  expect(code).toBe(0);
});

test('prints why nothing could be compared, and exits with 2', async () => {
  expect(await runBreaking(repository(small, 'v0.2.0'))).toEqual({
    code: 2,
    output:
      'v0.2.0 has the version 0.1.0 in its package.json, which is invalid or does not match the tag.\n\nNothing was compared. Fix the error and run this again.\n',
  });
});

test('an unexpected error also exits with 2', async () => {
  const root = repository(small, 'v0.1.0');
  writeFileSync(join(root, 'package.json'), 'broken');
  const { code, output } = await runBreaking(root);
  expect(output).toMatch(/^SyntaxError: [\s\S]+\n\nNothing was compared\. Fix the error and run this again\.\n$/);
  expect(code).toBe(2);
});

test.each([[['--against']], [['--what']], [['more']]])('arguments such as %j print the usage', async (args) => {
  const { code, output } = await runBreaking(repository(small), ...args);
  expect(output).toContain('Usage: npm run breaking');
  expect(code).toBe(2);
});

test('--help prints the usage', async () => {
  const { code, output } = await runBreaking(repository(small), '--help');
  expect(output).toMatch(/^Usage: npm run breaking/);
  expect(code).toBe(0);
});
