import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../src/testing/index.js';
import { close } from '../../support/receiver-server.js';
import { runCli } from '../../support/run-cli.js';

const secret = 'ab'.repeat(32);

/** The URL of a receiver that always responds with this status. */
async function receiverThatResponds(status: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function sandboxEnvironment(url?: string): Promise<Record<string, string>> {
  const subscriptions = url ? [{ name: 'Ratings', url, events: ['ConversationRated' as const] }] : [];
  const sandbox = await startSandbox({ subscriptions });
  onTestFinished(() => sandbox.close());
  return { DIXA_API_KEY: sandbox.apiKey, DIXA_BASE_URL: sandbox.url };
}

describe('trigger', () => {
  const hints = [
    [401, 'Does the receiver have the secret of the subscription?'],
    [404, 'Is the path right?'],
    [418, 'The log of the receiver may say why.'],
    [500, 'Does something parse the body before it'],
  ] as const;

  it.each(hints)('says why a receiver may respond with %i', async (status, hint) => {
    const args = ['trigger', 'ConversationRated', '--to', await receiverThatResponds(status)];
    const { code, stderr } = await runCli(args, { env: { DIXA_WEBHOOK_SECRET: secret } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(hint) });
  });

  it.each(hints)('says it too if a sandbox delivers: %i', async (status, hint) => {
    const env = await sandboxEnvironment(await receiverThatResponds(status));
    const { code, stderr } = await runCli(['trigger', 'ConversationRated'], { env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(hint) });
  });

  it('suggests the field of data that --set probably means', async () => {
    const args = ['trigger', 'ConversationRated', '--print', '--set', 'score=1', '--set', 'note=1'];
    const { stderr } = await runCli(args, { env: { DIXA_WEBHOOK_SECRET: secret } });
    expect(stderr).toBe(
      '--set score adds a field that the event did not have: did you mean data.score?\n' +
        '--set note adds a field that the event did not have.\n',
    );
  });

  it('says that fetch refuses a port', async () => {
    const args = ['trigger', 'ConversationRated', '--to', 'http://127.0.0.1:6000'];
    const { stderr } = await runCli(args, { env: { DIXA_WEBHOOK_SECRET: secret } });
    expect(stderr).toBe('No response from http://127.0.0.1:6000: fetch refuses this port. Is it running?\n');
  });
});

describe('an error of the client', () => {
  it('speaks of the environment variable', async () => {
    const env = { ...(await sandboxEnvironment()), DIXA_API_KEY: 'another-key' };
    const { stderr } = await runCli(['list'], { env });
    expect(stderr).toContain('Check DIXA_API_KEY: it must be');
  });

  it('does not change the names in a file', async () => {
    const { stderr } = await runCli(['create'], {
      env: await sandboxEnvironment(),
      stdin: '{ "nam": "Ratings", "apiKey": "x" }',
    });
    expect(stderr).toContain('nam cannot be set (nor apiKey)');
  });
});

describe('plan', () => {
  it('suggests the event type that was probably meant', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dixa-webhooks-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'wanted.mjs');
    await writeFile(file, "export default [{ name: 'A', url: 'https://a.example', events: ['ConversationRatd'] }]");
    const { stderr } = await runCli(['plan', file], { env: await sandboxEnvironment() });
    expect(stderr).toBe(
      'This version does not know the event type ConversationRatd: did you mean ConversationRated?\n',
    );
  });
});
