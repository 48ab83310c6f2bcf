import { describe, expect, test } from 'vitest';
import { bundleOf, contractSource, readContract } from '../../../../scripts/generate/read-contract.js';
import { packageFile, runNode } from '../../../../scripts/lib/run-node.js';
import { contractFile, edit, projectRoot, temporaryProject } from './project.js';

/** Runs the command, without the network. */
function redocly(args: readonly string[], cwd: string) {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return runNode([packageFile('@redocly/cli', 'bin/cli.js'), ...args], { cwd, env });
}

describe('redocly as a library', { timeout: 60_000 }, () => {
  test('makes the same bundle as its command', async () => {
    const { stdout } = await redocly(['bundle', '--ext=json'], projectRoot);
    expect(JSON.stringify(await bundleOf(await contractSource(projectRoot)), null, 2)).toBe(stdout.trimEnd());
  });

  test('passes the contract, as its command does', async () => {
    expect(await redocly(['lint', '--format=json'], projectRoot)).toMatchObject({ code: 0 });
    await expect(readContract(projectRoot)).resolves.toHaveProperty('openapi', '3.1.0');
  });

  test('finds as many faults as its command', async () => {
    const root = await temporaryProject();
    await edit(root, contractFile, 'type: boolean', 'type: bolean');
    await edit(root, 'openapi/events/payloads.yaml', 'objects.yaml#/Conversation', 'objects.yaml#/Conversatio');
    const { stdout, code } = await redocly(['lint', '--format=json'], root);
    const message = await readContract(root).then(
      () => 'passes',
      (error: Error) => error.message,
    );
    const [, shown, unchecked] = /Errors: (\d+)\. Examples not checked: (\d+)\.$/.exec(message) ?? [];
    const { problems } = JSON.parse(stdout) as { problems: unknown[] };
    expect(Number(shown) + Number(unchecked)).toBe(problems.length);
    expect(problems.length).toBeGreaterThan(10);
    expect(code).toBe(1);
  });
});
