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
      '…/wanted.mjs must export an array of subscriptions: export default [{ name: … }].',
    ],
    [
      'wanted.mjs',
      "throw new Error('DASHBOARD_TOKEN is not set')",
      '…/wanted.mjs cannot be imported: Error: DASHBOARD_TOKEN is not set. To see where, run: node …/wanted.mjs',
    ],
    ['wanted.mjs', 'throw null', '…/wanted.mjs cannot be imported: it throws a value that is not an Error.'],
    ['wanted.mjs', "export default [{ name: 'A', url: Object.create(null) }]", 'wanted[0].url must be an absolute'],
    ['wanted.mjs', 'export default [null]', 'wanted[0] must be an object'],
    ['wanted.mjs', "export default [{ name: 'A' }]", 'wanted[0].url is required: no subscription has this name'],
  ])('is refused if it is %s with %j', async (name, text, message) => {
    expect(await plan(name, text)).toEqual({ code: 1, printed: expect.stringContaining(message) });
  });

  it('is refused if there is none', async () => {
    const { stderr } = await runCli(['plan', 'no-such-file.mjs'], { env });
    expect(stderr).toBe('no-such-file.mjs cannot be read: there is no such file.\n');
  });
});

describe('apply', () => {
  it('says to its end what is not done, also if that is much', async () => {
    const events = ['ConversationRated', 'ConversationRated'];
    const url = 'https://a.example';
    const wanted = Array.from({ length: 50 }, (_, index) => ({
      name: `A name that is long, number ${index}`,
      url,
      events,
    }));
    const file = join(folder, 'wanted.mjs');
    await writeFile(file, `export default ${JSON.stringify(wanted)}`);
    const { code, stdout, stderr } = await runCli(['apply', file], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/Done: nothing\. Not done: .*number 49"\. Plan again for the rest\.\n$/);
  });
});

describe('what plan and apply print of a URL', () => {
  const secret = 'canary'.repeat(50);

  it.each([
    ['a token that is long', `https://a.example/dixa?token=${secret}`],
    ['a token that is short', 'https://a.example/dixa?token=cana'],
    ['a token that is encoded', 'https://a.example/dixa?token=cana%2Bry%3D%3D'],
    ['a token without a name', 'https://a.example/dixa?cana'],
    ['a user', `https://canary@a.example/dixa`],
  ])('has not %s', async (_, url) => {
    const file = join(folder, 'wanted.mjs');
    await writeFile(file, `export default [{ name: 'A', url: ${JSON.stringify(url)}, events: ['ConversationRated'] }]`);
    for (const args of [['plan'], ['plan', '--json'], ['apply', '--json']]) {
      const { code, stdout, stderr } = await runCli([...args, file], { env });
      expect(code).toBe(args[0] === 'plan' ? 2 : 0);
      expect(stdout).toMatch(/redacted\]?@?/);
      expect(stdout + stderr).not.toContain('cana');
    }
  });
});
