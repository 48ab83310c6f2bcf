import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { anyOf, isOneOf } from '../../../src/client/index.js';
import { createReceiver, signPayload } from '../../../src/receiver/index.js';
import { toNodeListener } from '../../../src/receiver/node.js';
import { startSandbox } from '../../../src/testing/index.js';
import { close } from '../../support/receiver-server.js';
import { type CliResult, runCli } from '../../support/run-cli.js';

const canaries = {
  apiKey: 'canary-of-the-api-key',
  secretKey: 'ca4a47'.repeat(10),
  otherSecret: 'be7e55'.repeat(10),
  password: 'canary-password',
  token: 'canary-token',
  header: 'canary-of-a-header',
  wantedToken: 'canary-token-that-is-wanted',
  query: 'canary-in-the-query',
};
const id = '7f2b1c3d-0a4e-4b5c-8d6f-112233445566';
const other = '3f0cf8bb-2e1c-4f43-9f3a-bb6d51d1a9ce';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dixa-webhooks-'));
});
afterAll(() => rm(folder, { recursive: true }));

let env: Record<string, string>;
let receiverUrl: string;
let isBroken: boolean;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-31T12:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  isBroken = true;
  const receiver = createReceiver({ secret: [canaries.secretKey, canaries.otherSecret] });
  receiver.on('ConversationPending', () => {
    if (isBroken) throw new Error('broken');
  });
  receiver.onError(() => {});
  const listener = toNodeListener(receiver);
  const server = createServer((request, response) => {
    // A receiver that repeats what it must not. Its words come back in Dixa's logs, with what a terminal would obey.
    const { authorization = '', 'x-token': token = '' } = request.headers;
    response.statusMessage = `${authorization} ${token} \u009b31m`;
    return listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  receiverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dixa`;

  const sandbox = await startSandbox({
    apiKey: canaries.apiKey,
    subscriptions: [
      {
        id,
        secretKey: canaries.secretKey,
        name: 'Dashboard \u001b[31m',
        url: `${receiverUrl}?token=${canaries.query}`,
        events: ['ConversationPending', 'ConversationRated', 'ConversationClosed'],
        authorization: { _type: 'BasicAuth', username: 'dixa', password: canaries.password },
        customHeaders: { 'X-Token': canaries.header },
        filters: {
          Conversation: anyOf(isOneOf('InitialChannel', ['email'])),
        },
      },
      {
        id: other,
        secretKey: canaries.otherSecret,
        name: 'Old',
        url: 'https://hooks.example.com',
        events: ['ConversationRated'],
        enabled: false,
        authorization: { _type: 'TokenAuth', value: canaries.token },
      },
    ],
  });
  onTestFinished(() => sandbox.close());
  env = { DIXA_API_KEY: canaries.apiKey, DIXA_BASE_URL: sandbox.url, DIXA_WEBHOOK_SECRET: canaries.secretKey };
});

/** Every command in turn, as someone would use them. */
async function useAll(run: (args: string[], stdin?: string) => Promise<CliResult>): Promise<void> {
  const file = join(folder, 'subscriptions.mjs');
  const authorization = { _type: 'TokenAuth', value: canaries.wantedToken };
  await writeFile(
    file,
    `export default ${JSON.stringify([
      { id: other, name: 'Renamed', authorization, customHeaders: { 'X-Token': canaries.header } },
      { name: 'New', url: 'https://hooks.example.com/new', events: ['ConversationRated'], authorization },
    ])}`,
  );
  await run(['list']);
  await run(['get', id]);
  await run(
    ['create'],
    JSON.stringify({ name: 'Ratings', url: 'https://hooks.example.com', events: ['ConversationRated'], authorization }),
  );
  await run(['create'], `{ "name": "${canaries.password}`);
  await run(['create'], JSON.stringify({ name: 'Ratings', subscribedEvents: [canaries.password] }));
  await run(['update', other, '--enable']);
  await run(['update', other, '-', '--disable'], '{ "name": "Older" }');
  await run(['trigger']);
  await run(['trigger', 'ConversationPending', '--set', 'data.conversation.csid=7', '--set', 'note=a new field']);
  await run(['trigger', 'ConversationRated']);
  await run(['trigger', 'TypingStarted']);
  await run(['status']);
  await run(['status', id]);
  await run(['logs', id, 'ConversationPending', '--failed']);
  await run(['logs', id, 'ConversationRated', '--failed']);
  await run(['logs', id, 'ConversationPendign']);
  await run(['replay', id, '--dry-run']);
  await run(['replay', id, '--to', receiverUrl, '--event', 'ConversationPending']);
  isBroken = false;
  await run(['replay', id, '--to', receiverUrl, '--all']);
  await run(['trigger', 'ConversationRated', '--to', receiverUrl, '--copies', '2', '--subscription', id]);
  await run(['trigger', 'ConversationRated', '--to', receiverUrl, '--bad']);
  await run(['trigger', 'ConversationRated', '--to', receiverUrl, '--bad', 'tampered']);
  await run(['trigger', 'ConversationRated', '--to', `${receiverUrl}/`, '--bad', 'nonsense']);
  await run(['trigger', 'TypingStarted', '--print', '--to', receiverUrl, '--subscription', other]);
  await run(['trigger', '--file', '-', '--print'], '{ "event_fqn": "NEWER" }');
  await run(['verify', '--signature', await signPayload({ body: '{}', secret: canaries.secretKey })], '{}');
  await run(['verify', '--signature', await signPayload({ body: '{}', secret: canaries.secretKey })], '{}\n');
  await run(['plan', file]);
  await run(['plan', file, '--prune']);
  await run(['apply', file]);
  await run(['apply', file]);
  await run(['apply', file, '--prune']);
  await run(['apply', file, '--prune', '--yes']);
  await run(['delete', other]);
  await run(['delete', other, '--yes']);
  await run(['get', other]);
  await run(['get', 'Renamed']);
}

/** What differs from run to run, in as many letters: random ids, ports, signatures and durations. */
function settled(text: string): string {
  const ids = new Map<string, string>([id, other].map((known) => [known, known]));
  return text
    .replaceAll(folder, '/folder')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:55555')
    .replace(/v1=\w{64}/g, 'v1=…')
    .replace(/ +\d+ ms +/g, '  … ms  ')
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, (found) => {
      if (!ids.has(found)) ids.set(found, `00000000-0000-4000-8000-${String(ids.size).padStart(12, '0')}`);
      return ids.get(found) ?? '';
    });
}

function refuseSecrets(args: readonly string[], { stdout, stderr }: CliResult): void {
  const printed = stdout + stderr;
  const basic = Buffer.from(`dixa:${canaries.password}`).toString('base64').slice(0, 12);
  for (const secret of ['canary', canaries.secretKey.slice(0, 12), canaries.otherSecret.slice(0, 12), basic]) {
    expect(printed.includes(secret), `${secret} in ${args.join(' ')}`).toBe(false);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it looks for.
  expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(printed).not.toMatch(/\n +at /);
}

describe('every command', () => {
  it('prints what this transcript shows', async () => {
    let transcript = '';
    await useAll(async (args, stdin = '') => {
      const result = await runCli(args, { env, stdin });
      const input = stdin && `echo '…' | `;
      const errors = result.stderr.replace(/^/gm, '! ').replace(/! $/, '');
      transcript += `$ ${input}dixa-webhooks ${args.join(' ')}\n${result.stdout}${errors}→ ${result.code}\n\n`;
      return result;
    });
    await expect(settled(transcript)).toMatchFileSnapshot('transcript.txt');
  });

  it('prints no secret, not even in part, no stack, and nothing that a terminal obeys', async () => {
    await useAll(async (args, stdin = '') => {
      const result = await runCli(args, { env, stdin });
      refuseSecrets(args, result);
      return result;
    });
  });

  it('prints the same as one JSON document with --json, errors too', async () => {
    await useAll(async (args, stdin = '') => {
      const result = await runCli(['--json', ...args], { env, stdin });
      refuseSecrets(args, result);
      const printed = JSON.parse(result.code === 1 ? result.stderr : result.stdout);
      if (result.code === 1) expect(printed).toEqual({ code: expect.any(String), message: expect.any(String) });
      expect(result.code === 1 ? result.stdout : result.stderr).toBe('');
      return result;
    });
  });

  it('prints the secret, and only that, if it is asked to', async () => {
    const { stdout, stderr } = await runCli(['get', id, '--print-secret'], { env });
    expect({ stdout, stderr }).toEqual({ stdout: `${canaries.secretKey}\n`, stderr: '' });
  });
});
