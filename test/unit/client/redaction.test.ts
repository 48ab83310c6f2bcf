import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { basicAuth, createDixaWebhooks, DixaApiError, tokenAuth } from '../../../src/client/index.js';
import { apiKey, fakeDixa, json, newSubscription, subscriptionId } from '../../support/fake-dixa.js';
import { base64, everythingShownOf } from '../../support/secrets.js';

const secretKey = '0123456789abcdef'.repeat(4);

async function apiErrorOf(body: unknown, status = 400): Promise<DixaApiError> {
  const { dixa } = fakeDixa([() => (typeof body === 'string' ? new Response(body, { status }) : json(body, status))]);
  const error = await dixa.get(subscriptionId).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DixaApiError);
  return error as DixaApiError;
}

describe('a secretKey that a server sends in an error', () => {
  it.each([
    ['in a field', { message: 'no', subscription: { secretKey } }],
    ['in a field of another case', { message: 'no', SECRETKEY: secretKey }],
    ['in a list', { message: 'no', data: [{ id: 1, secretKey }] }],
    ['in any other field', { message: 'no', what: secretKey }],
    ['as a field', { message: 'no', [secretKey]: 1 }],
    ['in capitals', { message: secretKey.toUpperCase() }],
    ['in the message', { message: `the key ${secretKey} is wrong` }],
    ['as JSON in the message', { message: JSON.stringify({ secretKey }) }],
    ['as JSON within JSON in the message', { message: JSON.stringify(JSON.stringify({ secretKey })) }],
    ['in a page', `<html>${JSON.stringify({ secretKey })}</html>`],
    ['in cut JSON', `{"data": {"name": "a", "secretKey": "${secretKey.slice(0, 40)}`],
    ['in a text', `secret ${secretKey}`],
  ])('is shown nowhere: %s', async (_, body) => {
    const shown = everythingShownOf(await apiErrorOf(body)).toLowerCase();
    expect(shown).not.toContain(secretKey.slice(0, 40));
    expect(shown).toContain('[redacted]');
  });

  it.each([
    ['as a field', { message: 'no', data: { secretKey: 'short-secret' } }],
    ['as JSON in the message', { message: '{"secretKey":"short-secret"}' }],
    ['as JSON within JSON in the message', { message: JSON.stringify('{"secretKey": "short-secret"}') }],
    ['as JavaScript in a text', "{'secretKey' : 'short-secret'}"],
  ])('is hidden by its name, whatever it looks like: %s', async (_, body) => {
    expect(everythingShownOf(await apiErrorOf(body))).not.toContain('short-secret');
  });

  it('leaves what is beside it readable', async () => {
    const error = await apiErrorOf({ message: 'Name is taken', data: { id: subscriptionId, secretKey } });
    expect(error.body).toEqual({ message: 'Name is taken', data: { id: subscriptionId, secretKey: '[redacted]' } });
    expect(error.message).toContain('Name is taken');
  });
});

describe('other fields that hold secrets', () => {
  it.each(['password', 'value', 'authorization', 'headers', 'customHeaders'])(
    'are hidden by name: %s',
    async (field) => {
      for (const held of ['quiet', { 'X-Any': 'quiet' }, ['quiet'], 42]) {
        const error = await apiErrorOf({ message: 'no', echo: { [field]: held } });
        expect(error.body).toEqual({ message: 'no', echo: { [field]: '[redacted]' } });
      }
    },
  );
});

describe('a short secret', () => {
  it('is hidden where it stands alone, and leaves longer words whole', async () => {
    const { dixa } = fakeDixa([() => json({ message: 'a bad tab, password a: "a"', a: 'a', n: 7, ok: 'cat 77' }, 400)]);
    const headers = { 'X-Seven': '7' };
    const error = (await dixa
      .create({ ...newSubscription, authorization: basicAuth('user', 'a') }, { headers })
      .catch((error) => error)) as DixaApiError;
    expect(error.body).toEqual({
      message: '[redacted] bad tab, password [redacted]: "[redacted]"',
      '[redacted]': '[redacted]',
      n: '[redacted]',
      ok: 'cat 77',
    });
  });

  it('is hidden on Deno too, where a body is a Blob', async () => {
    vi.stubGlobal('Deno', {});
    const { dixa, sent } = fakeDixa([() => json({ message: 'password quiet, token loud' }, 400)]);
    const body = { ...newSubscription, authorization: basicAuth('user', 'quiet'), customHeaders: { 'X-Any': 'loud' } };
    await expect(dixa.create(body)).rejects.toThrow('password [redacted], token [redacted]');
    expect(sent[0]?.body).toBeInstanceOf(Blob);
  });

  it('that is empty hides nothing', async () => {
    const { dixa } = fakeDixa([() => json({ message: 'all of this' }, 400)]);
    const body = { ...newSubscription, authorization: tokenAuth(''), customHeaders: { 'X-Empty': '' } };
    await expect(dixa.create(body)).rejects.toThrow('all of this');
  });
});

describe('a reply that is meant to hurt', () => {
  it.each([
    [500, 'shown'],
    [501, 'withheld'],
    [100_000, 'withheld'],
  ])('and is nested %i levels deep is %s', async (depth, how) => {
    const error = await apiErrorOf(`${'['.repeat(depth)}"${apiKey}"${']'.repeat(depth)}`);
    expect(error.status).toBe(400);
    expect(everythingShownOf(error)).not.toContain(apiKey);
    expect(Array.isArray(error.body)).toBe(how === 'shown');
  });

  it('may hold a field __proto__, which stays a field', async () => {
    const error = await apiErrorOf('{"message":"no","__proto__":{"polluted":true}}');
    expect((error.body as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('may be long', async () => {
    const text = `${'\\'.repeat(50_000)}${'"'.repeat(50_000)}${'0'.repeat(50_000)} ${apiKey}`;
    const error = await apiErrorOf({ message: text });
    expect(error.message.length).toBeLessThan(500);
    expect(everythingShownOf(error)).not.toContain(apiKey);
  });
});

describe('the client itself', () => {
  it('shows no secret, whoever looks', async () => {
    const headers = { 'X-Secret': 'client-header-secret' };
    const { dixa } = fakeDixa([], { headers });
    await dixa.create({ ...newSubscription, authorization: basicAuth('user', 'the-password') });
    const shown = `${everythingShownOf(dixa)}${JSON.stringify(dixa)}${inspect(dixa.raw, { depth: 9, showHidden: true })}`;
    for (const text of [apiKey, 'client-header-secret', 'the-password', base64('user:the-password')]) {
      expect(shown).not.toContain(text);
    }
  });

  it('tells its logger each attempt and each retry, and no secret', async () => {
    const lines: string[] = [];
    const logger = {
      debug: (line: string) => lines.push(`debug ${line}`),
      warn: (line: string) => lines.push(`warn ${line}`),
    };
    const busy = () => json({ message: `busy ${apiKey}` }, 503, { 'Retry-After': '0' });
    const { dixa } = fakeDixa([busy, busy], { logger, headers: { 'X-Secret': 'client-header-secret' } });
    await dixa.update(subscriptionId, { authorization: tokenAuth('the-token-value') });
    expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual(['debug', 'warn', 'debug', 'warn', 'debug']);
    for (const line of lines) expect(line).toContain('updateWebhookSubscription');
    expect(lines.join('\n')).not.toMatch(/the-token-value|client-header-secret/);
    expect(lines.join('\n')).not.toContain(apiKey);
  });

  it('names no secret where an option, an id or a header is refused', async () => {
    const { dixa } = fakeDixa();
    const careless = [
      () => createDixaWebhooks({ apiKey: 'se cret' }),
      () => createDixaWebhooks({ apiKey, headers: { Authorization: 'se-cret' } }),
      () => createDixaWebhooks({ apiKey, headers: { 'X-A': 'se\ncret' } }),
      () => createDixaWebhooks({ apiKey, baseUrl: 'https://se-cret@example.com' }),
      () => dixa.get('se-cret'),
      () => dixa.deliveryLogs(subscriptionId, 'se-cret' as 'ConversationCreated'),
      () => dixa.list({ headers: { 'X-A': 'se\ncret' } }),
      () => dixa.raw.GET('/webhooks', { headers: { 'X-A': 'se\ncret' } }),
      () => dixa.raw.GET('/webhooks/se-cret' as '/webhooks'),
      () => basicAuth('se:cret', 'se-cret'),
    ];
    for (const call of careless) {
      const error = await Promise.resolve()
        .then<unknown>(call)
        .catch((error: unknown) => error);
      expect(error).toHaveProperty('isDixaError', true);
      expect(everythingShownOf(error)).not.toMatch(/se.cret/);
    }
  });
});
