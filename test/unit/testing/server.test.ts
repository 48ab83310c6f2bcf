import { request } from 'node:http';
import { connect } from 'node:net';
import { createDixaWebhooks, DixaServerError } from 'dixa-webhooks';
import { DixaConfigurationError } from 'dixa-webhooks/receiver';
import { type SandboxServerOptions, startSandbox } from 'dixa-webhooks/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { rejection } from '../../support/receiver-delivery.js';

const hook = { name: 'tests', url: 'https://hooks.example.com/dixa', events: ['ConversationRated'] as const };

async function started(options?: SandboxServerOptions) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const { url, apiKey } = sandbox;
  const trigger = (body: string, headers: Record<string, string> = { authorization: apiKey }) =>
    fetch(new URL('/-/trigger', url), { method: 'POST', headers, body });
  return { sandbox, url, apiKey, trigger, dixa: createDixaWebhooks({ apiKey, baseUrl: url, maxRetries: 0 }) };
}

/** The status and the body of a request with headers that fetch does not send. */
function ask(url: string, headers: Record<string, string>, method = 'GET'): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, method }, async (response) => {
      resolve([response.statusCode, (await response.toArray()).join('')]);
    });
    sent.on('error', reject).end();
  });
}

describe('a sandbox on a port', () => {
  it('serves the operations at its url', async () => {
    const { dixa, url } = await started();

    const { id } = await dixa.create(hook);

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/beta$/);
    expect(await dixa.get(id)).toMatchObject({ name: 'tests' });
    await dixa.delete(id);
    expect(await dixa.list()).toEqual([]);
  });

  it('triggers for other processes', async () => {
    const { trigger, sandbox } = await started({
      subscriptions: [hook],
      deliver: async (delivery) => new Response(null, { status: (await delivery.json()).data.score }),
    });

    const response = await trigger('{"type":"ConversationRated","overrides":{"data":{"score":418}},"copies":2}');

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: [{ sent: true, status: 418 }, { status: 418 }] });
    expect(await sandbox.trigger('ConversationRated', { data: { score: 202 } })).toMatchObject([{ status: 202 }]);
  });

  it.each([
    ['another type', '{"type":"ConversationRatd"}', /\(sandbox: There is no event type ConversationRatd: did you mean/],
    [
      'a misspelt option',
      '{"type":"ConversationRated","copy":1}',
      /There is no option copy: use type, overrides, copies, delayMs, retries\./,
    ],
    ['no JSON', '{', /the body is not JSON/],
    ['no type', '{}', /There is no event type undefined/],
    ['a type that is no text', '{"type":{"toString":null,"valueOf":null}}', /There is no event type object/],
    ['a type that is nested', `{"type":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /There is no event type object/],
    ['no object', 'null', /The options must be an object/],
  ])('refuses to trigger %s', async (_, body, message) => {
    const { trigger } = await started();

    const response = await trigger(body);

    expect(response.status).toBe(400);
    expect((await response.json()).message).toMatch(message);
  });

  it('refuses to trigger without the API key', async () => {
    const { trigger } = await started();

    expect((await trigger('{"type":"ConversationRated"}', {})).status).toBe(401);
    expect((await trigger('{"type":"ConversationRated"}', { authorization: 'another' })).status).toBe(401);
  });

  it('refuses a Host header that is not on loopback, whatever the key', async () => {
    const { url, apiKey } = await started();
    const headers = { host: 'rebound.example.com', authorization: apiKey };

    expect(await ask(`${url}/webhooks`, headers)).toEqual([
      403,
      '{"message":"The Host header must name a loopback address."}',
    ]);
  });

  it('lets no page of another origin in', async () => {
    const { url } = await started();
    const origin = 'https://evil.example.com';

    const preflight = await fetch(`${url}/webhooks`, { method: 'OPTIONS', headers: { origin } });
    const simple = await fetch(`${url}/webhooks`, { headers: { origin } });

    expect([preflight.status, simple.status]).toEqual([401, 401]);
    for (const { headers } of [preflight, simple]) expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuses a body of more than 1 MiB, and lives on', async () => {
    const { trigger, dixa } = await started();

    const response = await trigger(JSON.stringify({ type: 'ConversationRated', overrides: 'x'.repeat(1_048_577) }));

    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: 'The body is larger than 1048576 bytes.' });
    expect(await dixa.list()).toEqual([]);
  });

  it.each([
    ['a host that is none', 'GET /beta/webhooks HTTP/1.1\r\nHost: [\r\n\r\n'],
    ['a method that a Request cannot have', 'TRACE /beta/webhooks HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a GET with a body', 'GET /beta/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n{'],
  ])('answers 400 to %s, and lives on', async (_, text) => {
    const { dixa, url } = await started();

    const head = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
      socket.once('data', (data) => {
        resolve(String(data).split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });

    expect(head).toBe('HTTP/1.1 400 Bad Request');
    expect(await dixa.list()).toEqual([]);
  });

  it('answers 500 to a fault of its own, and lives on', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { dixa } = await started();
    vi.spyOn(crypto, 'randomUUID').mockImplementationOnce(() => {
      throw new Error('There is no entropy.');
    });

    expect(await rejection(dixa.create(hook))).toBeInstanceOf(DixaServerError);
    expect(printed.mock.calls).toEqual([['dixa-webhooks: the sandbox failed: There is no entropy.']]);
    expect(await dixa.list()).toEqual([]);
  });

  it('outlives a request that is cut off', async () => {
    const { dixa, url } = await started();

    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write('POST /beta/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{', () =>
          socket.destroy(),
        );
      });
      socket.once('close', () => resolve());
    });

    expect(await dixa.list()).toEqual([]);
  });

  it('closes at once, though a connection is open', async () => {
    const { sandbox, dixa, url } = await started();
    await dixa.list();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));

    await sandbox.close();
    await closed;

    expect((await rejection(dixa.list())).message).toContain('ECONNREFUSED');
  });

  it.each([
    ['a port that is taken', /^port \d+ is in use: stop the other process, or choose another port\.$/],
    ['a port that is none', /^port must be a whole number from 0 to 65535\.$/],
  ])('refuses %s', async (name, message) => {
    const { url } = await started();
    const port = name.endsWith('taken') ? Number(new URL(url).port) : 99_999;

    const error = await rejection(startSandbox({ port }));

    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toMatch(message);
  });

  it('refuses a misspelt option', async () => {
    const error = await rejection(startSandbox({ prot: 1 } as never));

    expect(error.message).toBe('There is no option prot: use port.');
  });
});
