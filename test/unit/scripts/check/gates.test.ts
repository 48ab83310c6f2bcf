import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { main as check, pass } from '../../../../scripts/check/index.js';
import { main as lint } from '../../../../scripts/check/lint.js';
import { main as lockFiles } from '../../../../scripts/check/lock-files.js';
import { main as sizes } from '../../../../scripts/check/sizes.js';
import { runMain } from '../../../support/run-main.js';
import { contractFile, edit, temporaryProject } from '../generate/project.js';

const gate = (name: string, program: string) => ({ name, command: 'node', args: ['--eval', program], quiet: true });

describe('npm run check', () => {
  it('stops at the first gate that fails, and ends with 1', async () => {
    const chosen = [gate('first', ''), gate('second', 'process.exit(3)'), gate('third', '')];
    const { status, stdout, stderr } = await runMain(async () => pass(chosen));
    expect(status).toBe(1);
    expect(stdout).toContain('── first passed in');
    expect(stderr).toContain('check: second failed after');
    expect(stdout + stderr).not.toContain('third');
  });

  it('exits with 0 if all pass, and names the skipped ones', async () => {
    const { status, stdout } = await runMain(async () =>
      pass([gate('first', ''), { ...gate('x', ''), skipped: 'why' }]),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/x skipped: why\.[\s\S]*check: 1 gates passed in/);
  });

  it('refuses an unknown gate', async () => {
    expect(await runMain(check, ['--skip', 'tset'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^Unknown gate: tset\.\nUsage: npm run check/),
    });
  });
});

it('the lint gate fails for an error in the contract', { timeout: 60_000 }, async () => {
  const root = await temporaryProject();
  await edit(root, contractFile, 'type: boolean', 'type: bolean');
  const { status, stdout, stderr } = await runMain((args) => lint(args, root));
  expect(stdout).toMatch(
    /^openapi\/dixa-webhooks\.yaml:\n +\d+:17 +error +struct +`type` can be one of the following only/,
  );
  expect(stderr).toMatch(/^The contract does not pass lint: \d+ problems\.\n$/);
  expect(status).toBe(1);
});

it('the lint gate fails for an error in the ledger', { timeout: 60_000 }, async () => {
  const root = await temporaryProject();
  await edit(root, 'openapi/curation.yaml', 'evidence: observed', 'evidence: rumoured');
  const { status, stderr } = await runMain((args) => lint(args, root));
  expect(stderr).toMatch(/^openapi\/curation\.yaml:\d+ .*`evidence` must be equal to one of/);
  expect(status).toBe(1);
});

it('the lint gate passes for this project', { timeout: 60_000 }, async () => {
  const { status, stdout } = await runMain(lint);
  expect(stdout).toMatch(/^openapi\/ passes lint, and so do the \d+ entries of openapi\/curation\.yaml\.\n$/);
  expect(status).toBe(0);
});

it('the lock files gate fails for a package without integrity', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'package-lock.json'), '{ "packages": { "node_modules/unchecked": {} } }');
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', '.'], { cwd: folder });
  expect(await runMain((args) => lockFiles(args, folder))).toMatchObject({
    status: 1,
    stderr: 'package-lock.json: node_modules/unchecked has no integrity\n',
  });
});

it('the gate of sizes fails for a bundle or a file over its limit', async () => {
  const limits = (limit: number) => ({ program: { program: 'console.log(1)', limit } });
  const tooLarge = { status: 1, stdout: expect.stringContaining('TOO LARGE') };
  const file = (limit: number) => ({ 'package.json': limit });
  expect(await runMain((args) => sizes(args, limits(1), {}))).toMatchObject(tooLarge);
  expect(await runMain((args) => sizes(args, {}, file(1)))).toMatchObject(tooLarge);
  expect(await runMain((args) => sizes(args, limits(1_000), file(100_000)))).toMatchObject({ status: 0 });
});
