import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaConnectionError, DixaInputError } from '../../../src/client/index.js';
import { fakeDixa, json, subscription, subscriptionId } from '../../support/fake-dixa.js';

const apiKey = 'the-key-of-this-test';
const one = '/webhooks/{webhookSubscriptionId}';
const params = { path: { webhookSubscriptionId: subscriptionId } };

describe('a custom fetch', () => {
  it('is named in the cause if it returns a Response that was already read, as mocks do', async () => {
    const response = new Response(JSON.stringify({ data: [] }));
    const dixa = createDixaWebhooks({ apiKey, maxRetries: 0, fetch: async () => response });
    await expect(dixa.list()).resolves.toEqual([]);
    const error = await dixa.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DixaConnectionError);
    expect(error).toMatchObject({ cause: { message: expect.stringMatching(/body|locked/i) } });
  });

  it.each([
    ['a status that no Response may have', 999, 'Denied'],
    ['a reason that no Response may have', 401, 'Не вошли'],
  ])('may give %s: the error is ours all the same', async (_, status, statusText) => {
    const headers = new Headers({ 'Content-Type': 'application/json' });
    const reply = { ok: false, status, statusText, headers, text: async () => '{"message":"no"}' };
    const fetch = async () => ({ ...reply }) as unknown as Response;
    const dixa = createDixaWebhooks({ apiKey, maxRetries: 0, fetch });
    await expect(dixa.list()).rejects.toMatchObject({
      name: expect.stringMatching(/^Dixa/),
      status,
      body: { message: 'no' },
    });
    expect(await dixa.raw.GET('/webhooks')).toMatchObject({ error: { message: 'no' }, response: { status } });
    dixa.raw.use({ onRequest: () => undefined });
    await expect(dixa.list()).rejects.toMatchObject({ status, body: { message: 'no' } });
  });

  it('may return a body that cannot be cancelled', async () => {
    const reply = { ok: true, status: 200, headers: new Headers(), body: {}, text: async () => '' };
    const dixa = createDixaWebhooks({ apiKey, fetch: async () => reply as unknown as Response });
    await expect(dixa.delete(subscriptionId)).resolves.toBeUndefined();
  });

  it.each([
    ['a symbol', Symbol('odd')],
    ['no text at all', Object.create(null)],
  ])('may throw an error whose code is %s', async (_, code) => {
    const thrown = Object.assign(new Error('odd'), { code });
    const dixa = createDixaWebhooks({ apiKey, maxRetries: 0, fetch: () => Promise.reject(thrown) });
    await expect(dixa.list()).rejects.toBeInstanceOf(DixaConnectionError);
  });
});

it('an onRetry that rejects ends the call with its error', async () => {
  const dixa = createDixaWebhooks({
    apiKey,
    fetch: async () => json({ message: 'down' }, 503, { 'retry-after': '0' }),
    onRetry: async () => {
      throw new Error('enough');
    },
  });
  await expect(dixa.list()).rejects.toThrow('enough');
});

it.each([501, 520])('a POST with the response %i may have been processed', async (status) => {
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => json({ message: 'no' }, status) });
  const failure = dixa.create({ name: 'n', url: 'https://example.com', events: [] });
  await expect(failure).rejects.toMatchObject({ status, outcome: 'unknown', attempts: 1 });
});

it('a connection error says what to check', async () => {
  const dixa = createDixaWebhooks({
    apiKey,
    maxRetries: 0,
    fetch: () => Promise.reject(new TypeError('fetch failed')),
  });
  await expect(dixa.list()).rejects.toThrow('Check baseUrl, the network and the cause.');
});

it('a call of raw reaches no other path of the same origin', async () => {
  const { dixa, sent } = fakeDixa();
  const elsewhere = { baseUrl: 'https://dev.dixa.io/beta/../../evil' };
  await expect(dixa.raw.GET('/webhooks', elsewhere)).rejects.toBeInstanceOf(DixaInputError);
  expect(sent).toHaveLength(0);
});

it('a method accepts missing options', async () => {
  const { dixa } = fakeDixa();
  expect(await dixa.list(null as never)).toEqual([]);
});

it('a baseUrl on Object.prototype does not redirect the key', async () => {
  const { dixa, sent } = fakeDixa();
  Object.assign(Object.prototype, { baseUrl: 'https://elsewhere.example' });
  try {
    await expect(dixa.list()).rejects.toBeInstanceOf(DixaInputError);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'baseUrl');
  }
  expect(sent).toHaveLength(0);
});

it('parameters on Object.prototype are not sent', async () => {
  const { dixa, sent } = fakeDixa();
  Object.defineProperty(Object.prototype, 'params', { value: { query: { page: 2 } }, configurable: true });
  try {
    await dixa.list();
  } finally {
    Reflect.deleteProperty(Object.prototype, 'params');
  }
  expect(sent.map(({ url }) => new URL(url).search)).toEqual(['']);
});

it('a method accepts only its own options, so the key is sent nowhere else', async () => {
  const { dixa, sent } = fakeDixa();
  const elsewhere = {
    maxRetries: 0,
    baseUrl: 'https://elsewhere.example',
    pathSerializer: () => 'https://elsewhere.example',
  };
  await expect(dixa.get(subscriptionId, elsewhere)).rejects.toMatchObject({ name: 'DixaInputError', field: 'baseUrl' });
  expect(sent).toHaveLength(0);
});

it('the response of raw is a real Response, with its URL', async () => {
  const { dixa } = fakeDixa([
    () => Object.defineProperty(json({ data: [] }), 'url', { value: 'https://final.example' }),
  ]);
  const { response } = await dixa.raw.GET('/webhooks');
  expect(response).toBeInstanceOf(Response);
  expect(response).toMatchObject({ ok: true, status: 200, url: 'https://final.example' });
});

it("a call's own middleware sees a real Request and leaves nothing on the caller's signal", async () => {
  const { dixa } = fakeDixa([() => json({ data: subscription })]);
  const { signal } = new AbortController();
  const seen: unknown[] = [];
  const onRequest = ({ request }: { request: Request }) => void seen.push(request);
  await dixa.raw.GET(one, { params, signal, middleware: [{ onRequest }] });
  expect(seen).toEqual([expect.any(Request)]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('a field called username is checked only in credentials', async () => {
  const { dixa, sent } = fakeDixa();
  const customHeaders = { username: 'a:b' };
  await dixa.create({ name: 'n', url: 'https://example.com', events: [], customHeaders });
  expect(sent).toHaveLength(1);
});
