import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { contractFile, edit, projectRoot, temporaryProject } from '../generate/project.js';
import { commit, git, lose, runBreaking } from './repository.js';

const timeout = 300_000;

/** A copy of the project in its own repository, tagged as a release. */
async function releasedProject(): Promise<string> {
  const root = await temporaryProject();
  for (const name of ['CHANGELOG.md', 'test/types']) {
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  }
  for (const name of readdirSync(join(projectRoot, 'examples')).filter((each) => each.endsWith('.ts'))) {
    cpSync(join(projectRoot, 'examples', name), join(root, 'examples', name));
  }
  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0\n\n- All of it.\n');
  writeFileSync(join(root, '.gitignore'), 'node_modules\ntmp\n');
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'tmp'));
  git(root, 'init', '--quiet');
  commit(root, 'v0.1.0');
  return root;
}

test('a project is compared with its release, from no change to a breaking one', { timeout }, async () => {
  const root = await releasedProject();
  vi.stubEnv('TMPDIR', join(root, 'tmp'));
  const index = () => [readFileSync(join(root, '.git/index')), statSync(join(root, '.git/index')).mtimeMs];
  const before = index();
  const unchanged = await runBreaking(root);
  expect(unchanged.output).toContain('Since v0.1.0:');
  expect(unchanged.output.match(/: nothing$/gm)).toHaveLength(5);
  expect(unchanged.output).toMatch(/^No change in the package; CHANGELOG\.md has 0\.1\.0\.$/m);
  expect(unchanged.code).toBe(0);
  expect(index()).toEqual(before);
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(readdirSync(join(root, 'tmp')).filter((name) => name.startsWith('breaking-'))).toEqual([]);

  const secretKey = '        secretKey:\n          description: >-\n            The key that signs';
  const shade = '        shade:\n          description: A shade.\n          type: string\n';
  await edit(root, contractFile, secretKey, `${shade}${secretKey}`);
  const minor = await runBreaking(root);
  expect(minor.output).toMatch(/minor {2}#\/components\/schemas\/WebhookSubscription\/properties\/shade is new/);
  expect(minor.output).toContain('the exports: nothing');
  expect(minor.output).toMatch(/^minor change: needs version 0\.1\.1 or higher; CHANGELOG\.md has 0\.1\.0/m);
  expect(minor.output).toContain('Describe the change under "## 0.1.1 (not yet released)" at the top');
  expect(minor.code).toBe(1);

  await edit(root, 'CHANGELOG.md', '## 0.1.0', '## 0.1.1 (not yet released)\n\n- Shades.\n\n## 0.1.0');
  git(root, 'checkout', '--quiet', 'v0.1.0', '--', contractFile);
  writeFileSync(join(root, 'README.md'), `${readFileSync(join(root, 'README.md'), 'utf8')}\nMore.\n`);
  const patch = await runBreaking(root);
  expect(patch.output).toMatch(/^ {2}patch {2}README\.md changed$/m);
  expect(patch.output).toMatch(/^patch change: needs version 0\.1\.1 or higher; CHANGELOG\.md has 0\.1\.1\.$/m);
  expect(patch.code).toBe(0);

  writeFileSync(join(root, 'CHANGELOG.md'), '# Changelog\n\n## 0.1.0 (not yet released)\n\n- All of it.\n');
  commit(root);
  writeFileSync(join(root, 'README.md'), `${readFileSync(join(root, 'README.md'), 'utf8')}\nEven more.\n`);
  const open = await runBreaking(root, '--against', 'HEAD');
  expect(open.output).toMatch(
    /^patch change: needs version 0\.1\.0 \(not yet released\) or higher; CHANGELOG\.md has 0\.1\.0\.$/m,
  );
  expect(open.code).toBe(0);

  await edit(root, 'src/client/index.ts', 'export { allOf, anyOf', 'export { anyOf');
  const major = await runBreaking(root, '--against', 'v0.1.0');
  expect(major.output).toMatch(/^ {2}major {2}dixa-webhooks\.allOf is gone$/m);
  expect(major.output).toMatch(/^ {2}major {2}test\/types\/cases\/requests\.ts:3 no longer compiles/m);
  expect(major.output).toMatch(/^ {2}major {2}README\.md:\d+ no longer compiles/m);
  expect(major.output).toMatch(/^major change: needs version 0\.2\.0 or higher/m);
  expect(major.code).toBe(1);

  await edit(root, contractFile, 'enum: [All, Any]', 'enum: [All]');
  const wrong = await runBreaking(root);
  expect(wrong.output).toContain('no-invalid-media-type-examples');
  expect(wrong.output).toContain('Nothing was compared.');
  expect(wrong.code).toBe(2);

  git(root, 'checkout', '--quiet', 'v0.1.0', '--', contractFile);
  lose(root, 'HEAD:generated/openapi.json');
  const lost = await runBreaking(root);
  expect(lost.output).toMatch(
    /^fatal: .+ \(git show .+\)\n\nNothing was compared\. Fix the error and run this again\.\n$/,
  );
  expect(lost.code).toBe(2);
});
