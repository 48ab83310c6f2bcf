import { expect, test } from 'vitest';
import { bundleOf, contractSource } from '../../../../scripts/generate/read-contract.js';
import { packageFile, runNode } from '../../../../scripts/lib/run-node.js';
import { projectRoot } from './project.js';

test('redocly as a library makes the same bundle as its command', { timeout: 60_000 }, async () => {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const args = [packageFile('@redocly/cli', 'bin/cli.js'), 'bundle', '--ext=json'];
  const { stdout } = await runNode(args, { cwd: projectRoot, env });
  expect(JSON.stringify(await bundleOf(await contractSource(projectRoot)), null, 2)).toBe(stdout.trimEnd());
});
