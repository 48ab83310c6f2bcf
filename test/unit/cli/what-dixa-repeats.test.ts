import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { subscriptionId as id, subscription } from '../../support/fake-dixa.js';
import { close } from '../../support/receiver-server.js';
import { runCli } from '../../support/run-cli.js';

let env: Record<string, string>;
let read: Record<string, unknown>;
let responseText: string;
let payload: string;

beforeEach(async () => {
  read = {};
  payload = '{}';
  const server = createServer(({ url = '' }, response) => {
    const deliveryDetail = {
      _type: 'DeliveryDetail',
      deliveryTimestamp: '',
      success: false,
      responseCode: 500,
      responseText,
    };
    const data = url.includes('/logs/')
      ? [{ deliveryDetail, payload }]
      : url.endsWith('/delivery-status')
        ? [{ event: 'ConversationRated', deliveryStatus: deliveryDetail }]
        : { ...subscription, ...read };
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ data: url.endsWith('/webhooks') ? [data] : data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  env = { DIXA_API_KEY: 'a-key', DIXA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta` };
});

describe('a secret of the URL in the response of a receiver', () => {
  it.each(['cana%2Bry%3D%3D', 'cana+ry==', 'p%40cana', 'p@cana', 'canary-without-a-name'])(
    'is not printed: %s',
    async (secret) => {
      read = { url: 'https://dixa:p%40cana@hooks.example.com/?token=cana%2Bry%3D%3D&canary-without-a-name' };
      responseText = `/?token=${secret} not found`;
      for (const args of [['status', id], ['logs', id, 'ConversationRated'], ['get', id], ['list']]) {
        for (const flags of [[], ['--json']]) {
          const { stdout } = await runCli([...args, ...flags], { env });
          expect(stdout).not.toContain('cana');
          expect(stdout).toContain('redacted');
        }
      }
    },
  );
});

describe('a subscription in which Dixa', () => {
  it('repeats what was written is printed without that', async () => {
    read = { authorization: { _type: 'TokenAuth', value: 'canary' }, customHeaders: { 'X-Token': 'canary' } };
    const { code, stdout } = await runCli(['get', id, '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id, secretKey: '[redacted]' });
    expect(stdout).not.toContain('canary');
  });

  it('writes null is printed', async () => {
    read = { name: null, url: null, headers: null, subscribedEvents: null, filters: null, createdBy: null };
    expect((await runCli(['list'], { env })).stdout).toContain(id);
    expect((await runCli(['get', id], { env })).stdout).toContain(id);
  });

  it.each([null, '', 'a\u001b[31m'])('has no usable secret is an error of --print-secret: %j', async (secretKey) => {
    read = { secretKey };
    const { code, stdout, stderr } = await runCli(['get', id, '--print-secret'], { env });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Dixa returned no secret for this subscription, or one that is not hex.\n',
    });
  });
});

describe('a payload that is not valid JSON', () => {
  it('is reported by replay --json, which sends the others', async () => {
    payload = 'not JSON';
    const { code, stdout } = await runCli(['replay', id, '--event', 'ConversationRated', '--dry-run', '--json'], {
      env,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      deliveries: [],
      unreadable: [{ event: 'ConversationRated', deliveredAt: '', responseCode: 500 }],
      logs: [{ type: 'ConversationRated', deliveries: 1, oldest: '' }],
    });
  });
});
