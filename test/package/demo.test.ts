import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import { type OperationId, operations, statuses } from '../../generated/operations.js';
import { importBuilt, main } from '../../scripts/demo/index.js';
import { runOffline } from '../../scripts/demo/offline.js';
import { type Ended, runMain } from '../support/run-main.js';
import { secretsIn } from './secrets.js';
import { temporaryFile } from './temporary-file.js';

const demo = (...args: string[]) => runMain(main, args);

beforeEach(() => {
  vi.stubEnv('DIXA_API_KEY', undefined);
  vi.stubEnv('DIXA_BASE_URL', undefined);
});

describe('npm run demo', () => {
  let shown: Ended;
  beforeAll(async () => {
    shown = await demo();
  });

  it('shows every operation, a 404 and a 429, each with method, path, status, time and result', () => {
    const { status, stdout, stderr } = shown;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const calls = [...stdout.matchAll(/^(\w+) +(\d{3}) +\d+ ms +([A-Z]+) +(\/\S+)\n {4}→ (.+)$/gm)];
    expect(calls.map(([, id, code, method]) => `${id} ${code} ${method}`).sort()).toEqual(
      [
        ...Object.entries(operations).map(([id, { method }]) => `${id} ${statuses[id as OperationId][0]} ${method}`),
        'getWebhookSubscription 404 GET',
        'listWebhookSubscriptions 429 GET',
      ].sort(),
    );
    expect(stdout).toMatch(/\n9 calls: all as the contract says\.\n$/);
  });

  it('shows no secret', () => {
    const { stdout, stderr } = shown;
    expect(secretsIn(contract).filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
    expect(stdout).not.toMatch(/no-real-key|only-the-receiver/);
  });

  it('counts what breaks the contract', async () => {
    const broken = JSON.stringify(contract).replaceAll('"secretKey":"0123', '"secretkey":"0123');
    const lines: string[] = [];
    const built = await importBuilt();
    const surprises = await temporaryFile('broken.json', broken, (file) =>
      runOffline(built, file, (line) => lines.push(line)),
    );
    expect(surprises).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain('Unexpected: getWebhookSubscription: the contract was broken:');
  });

  it('refuses an option that it does not know', async () => {
    const { status, stdout, stderr } = await demo('--life');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Unknown option '--life'.*\nUsage: npm run demo \[-- --live\]\n/);
  });
});

describe('npm run demo -- --live', () => {
  const live = (apiKey: string | undefined, url = inject('prismUrl')) => {
    vi.stubEnv('DIXA_API_KEY', apiKey);
    vi.stubEnv('DIXA_BASE_URL', url);
    return demo('--live');
  };

  it('lists the subscriptions and how the latest delivery of each event went', async () => {
    const { status, stdout, stderr } = await live('a-live-key');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('"Support dashboard" is on, 2 events to hooks.example.com (5f0c8a1e-');
    expect(stdout).toMatch(/^ +ConversationCreated +ok +200 at 2026-07-01T10:20:31\.118Z$/m);
    expect(stdout).toMatch(/^ +ConversationRated +failing +503 at 2026-07-01T09:58:02\.407Z$/m);
    expect(stdout).toMatch(/^ +ConversationClosed +no recent delivery$/m);
    expect(stdout).toMatch(/^2 subscriptions, 2 events failing\. Nothing was changed\.$/m);
  });

  it('shows no secret, no path of a receiver and no payload', async () => {
    const { stdout } = await live('a-live-key');
    expect(secretsIn(contract).filter((secret) => stdout.includes(secret))).toEqual([]);
    expect(stdout).not.toMatch(/a-live-key|event_id|hooks\.example\.com\//);
  });

  it.each([undefined, ''])('says what to set where DIXA_API_KEY is %j', async (DIXA_API_KEY) => {
    expect(await live(DIXA_API_KEY)).toEqual({
      status: 1,
      stdout: '',
      stderr: '--live needs an API token: set DIXA_API_KEY to the raw token of an administrator.\n',
    });
  });

  it('tells in a line that the key was refused', async () => {
    const server = createServer((_request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { status, stdout, stderr } = await live('a-live-key', `http://127.0.0.1:${port}`);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^listWebhookSubscriptions.*HTTP 401.*\n$/);
      expect(stderr).not.toContain('a-live-key');
    } finally {
      server.close();
    }
  });
});
