import { describe, expect, it } from 'vitest';
import { main as check, pass } from '../../../../scripts/check/index.js';
import { main as lint } from '../../../../scripts/check/lint.js';
import { main as sizes } from '../../../../scripts/check/sizes.js';
import { runMain } from '../../../support/run-main.js';
import { contractFile, edit, temporaryProject } from '../generate/project.js';

describe('npm run check', () => {
  it('stops at the first gate that fails, and ends with 1', async () => {
    const chosen = [['first', 'exit 0'] as const, ['second', 'exit 3'] as const, ['third', 'exit 0'] as const];
    const { status, stdout, stderr } = await runMain(async () => pass(chosen));
    expect(status).toBe(1);
    expect(stdout).toBe('\n── first\n\n── second\n');
    expect(stderr).toBe('\ncheck: second failed.\n');
  });

  it('exits with 0 if all pass', async () => {
    const { status, stdout } = await runMain(async () => pass([['first', 'exit 0']]));
    expect(status).toBe(0);
    expect(stdout).toContain('check: 1 gates passed.');
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
    /^\[1\] openapi\/dixa-webhooks\.yaml:\d+:17 at #.*\n\n`type` can be one of the following only/,
  );
  expect(stderr).toMatch(/^The contract does not pass lint\. Errors: 1\. Examples not checked: \d+\.\n$/);
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

it('the gate of sizes fails for a bundle or a file over its limit', async () => {
  const limits = (limit: number) => ({ program: { program: 'console.log(1)', limit } });
  const tooLarge = { status: 1, stdout: expect.stringContaining('TOO LARGE') };
  const file = (limit: number) => ({ 'package.json': limit });
  expect(await runMain((args) => sizes(args, limits(1), {}))).toMatchObject(tooLarge);
  expect(await runMain((args) => sizes(args, {}, file(1)))).toMatchObject(tooLarge);
  expect(await runMain((args) => sizes(args, limits(1_000), file(100_000)))).toMatchObject({ status: 0 });
});
