import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../src/testing/index.js';
import { runCli } from '../../support/run-cli.js';

let env: Record<string, string>;
let folder: string;

beforeEach(async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  env = { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
  folder = await mkdtemp(join(tmpdir(), 'dixa webhooks % '));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function plan(name: string, text: string) {
  const file = join(folder, name);
  await writeFile(file, text);
  const { code, stdout, stderr } = await runCli(['plan', file], { env });
  return { code, printed: (stdout + stderr).replaceAll(folder, '…') };
}

describe('the file of plan and apply', () => {
  it('is a module, in a folder of any name', async () => {
    const { code, printed } = await plan(
      'wanted.mjs',
      "export default [{ name: 'A', url: 'https://a.example', events: ['ConversationRated'] }]",
    );
    expect({ code, printed }).toEqual({ code: 2, printed: expect.stringContaining('create "A"') });
  });

  it.each([
    ['wanted.json', '[]', '…/wanted.json must be a module: .js, .mjs or .ts.'],
    [
      'wanted.mjs',
      'export const wanted = []',
      '…/wanted.mjs must export its subscriptions: export default [{ name: … }].',
    ],
    [
      'wanted.mjs',
      "throw new Error('DASHBOARD_TOKEN is not set')",
      '…/wanted.mjs cannot be imported: Error: DASHBOARD_TOKEN is not set.',
    ],
    ['wanted.mjs', 'export default [null]', 'wanted[0] must be an object'],
    ['wanted.mjs', "export default [{ name: 'A' }]", 'wanted[0].url must be set to create it'],
  ])('is refused if it is %s with %j', async (name, text, message) => {
    expect(await plan(name, text)).toEqual({ code: 1, printed: expect.stringContaining(message) });
  });
});
