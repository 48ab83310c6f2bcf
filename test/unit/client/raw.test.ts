import { describe, expect, it } from 'vitest';
import { DixaInputError } from '../../../src/client/index.js';
import { resultOf, useFakeClock } from '../../support/fake-clock.js';
import {
  apiKey,
  failure,
  fakeDixa,
  json,
  rawSubscription,
  subscription,
  subscriptionId,
} from '../../support/fake-dixa.js';

const one = '/webhooks/{webhookSubscriptionId}';
const params = { path: { webhookSubscriptionId: subscriptionId } };

describe('raw', () => {
  it('gives the whole JSON of a success, with its reply', async () => {
    const { raw } = fakeDixa([() => json({ data: subscription, more: 1 })]).dixa;
    const result = await raw.GET(one, { params });
    expect(result.data).toEqual({ data: subscription, more: 1 });
    expect(result.error).toBeUndefined();
    expect(result.response).toBeInstanceOf(Response);
    expect(result.response.status).toBe(200);
  });

  it('adds no defaults to a body', async () => {
    const { dixa, sent } = fakeDixa();
    await dixa.raw.POST('/webhooks', { body: rawSubscription });
    expect(JSON.parse(String(sent[0]?.body))).toEqual(rawSubscription);
  });

  it.each(['with a middleware', 'without one'])('hands on whatever else fetch takes: %s', async (how) => {
    const { dixa, sent } = fakeDixa();
    if (how === 'with a middleware') dixa.raw.use({ onRequest() {} });
    await dixa.raw.POST('/webhooks', { body: rawSubscription, cache: 'no-store', keepalive: true });
    expect(sent[0]?.init).toMatchObject({ cache: 'no-store', keepalive: true, method: 'POST', redirect: 'manual' });
  });

  it('gives an HTTP error as a result, and its reply tells the status', async () => {
    const { raw } = fakeDixa([failure(404)]).dixa;
    const result = await raw.DELETE(one, { params });
    expect(result.error).toEqual({ message: 'status 404' });
    expect(result.response.status).toBe(404);
  });

  it('gives the headers of the reply', async () => {
    const { raw } = fakeDixa([() => json({ data: [] }, 200, { 'X-Request-Id': 'r-7' })]).dixa;
    expect((await raw.GET('/webhooks')).response.headers.get('x-request-id')).toBe('r-7');
  });

  it.each([
    ['text', '{"data":[]}'],
    ['json', { data: [] }],
  ] as const)('parses as %s', async (parseAs, expected) => {
    const { raw } = fakeDixa([() => json({ data: [] })]).dixa;
    expect((await raw.GET('/webhooks', { parseAs })).data).toEqual(expected);
  });

  it.each(['blob', 'arrayBuffer', 'stream'] as const)('parses as %s', async (parseAs) => {
    const { raw } = fakeDixa([() => json({ data: ['é'] })]).dixa;
    const { data } = await raw.GET('/webhooks', { parseAs });
    expect(await new Response(data as BodyInit).text()).toBe('{"data":["é"]}');
  });

  it('leaves a reply to an error whole for parseAs stream', async () => {
    const { raw } = fakeDixa([failure(404)]).dixa;
    const { error } = await raw.GET(one, { params, parseAs: 'stream' });
    expect(error).toEqual({ message: 'status 404' });
  });

  it('takes timeoutMs and maxRetries for one call', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa(Array(3).fill(failure(503)));
    const options = { maxRetries: 1, timeoutMs: 5 };
    const result = await resultOf(dixa.raw.GET('/webhooks', options));
    expect(result.response.status).toBe(503);
    expect(sent).toHaveLength(2);
  });

  it('takes a fetch for one call, at each of its attempts', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa();
    const asked: string[] = [];
    const fetch = (async (input: Request | string, init?: RequestInit) => {
      const request = new Request(input, init);
      asked.push(`${request.method} ${request.url} ${request.headers.get('authorization')}`);
      return asked.length === 1 ? failure(503)({} as never) : json({ data: [] });
    }) as (input: Request) => Promise<Response>;
    const result = await resultOf(dixa.raw.GET('/webhooks', { fetch }));
    expect(result.data).toEqual({ data: [] });
    expect(asked).toEqual(Array(2).fill(`GET https://dev.dixa.io/beta/webhooks ${apiKey}`));
    expect(sent).toHaveLength(0);
    await dixa.raw.GET('/webhooks');
    expect(sent).toHaveLength(1);
  });

  it('refuses a baseUrl for one call: the key never leaves its own', async () => {
    const { dixa, sent } = fakeDixa();
    for (const baseUrl of ['https://elsewhere.example', 'https://dev.dixa.io', 'https://dev.dixa.io/v1']) {
      const error = await dixa.raw.GET('/webhooks', { baseUrl }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field: 'baseUrl' });
    }
    expect(sent).toHaveLength(0);
  });

  const careless = (dixa: ReturnType<typeof fakeDixa>['dixa']) =>
    dixa.raw as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;

  it.each([
    ['GET', '/'],
    ['GET', ''],
    ['GET', '/webhooks/'],
    ['GET', `/webhooks/${subscriptionId}`],
    ['GET', '/agents'],
    ['GET', '/webhooks/../agents'],
    ['GET', 'https://elsewhere.example/webhooks'],
    ['GET', '__proto__'],
    ['GET', undefined],
    ['DELETE', '/webhooks'],
    ['POST', one],
  ])('refuses what is no operation of the contract before anything is sent: %s %s', async (method, path) => {
    const { dixa, sent } = fakeDixa();
    const error = await careless(dixa)
      [method]?.(path, { params })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error).toMatchObject({ field: 'path' });
    expect(sent).toHaveLength(0);
  });

  it('has the methods of the contract and no other: openapi-fetch would send them without the key', () => {
    expect(Object.keys(fakeDixa().dixa.raw).sort()).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'eject', 'use']);
  });

  it('refuses missing parameters before anything is sent', async () => {
    const { dixa, sent } = fakeDixa();
    const logs = `${one}/delivery-status/logs/{event}`;
    for (const [path, init, field] of [
      [one, undefined, 'webhookSubscriptionId'],
      [one, { params: { path: null } }, 'webhookSubscriptionId'],
      [logs, { params }, 'event'],
      [logs, { params: { path: { event: 'ConversationCreated' } } }, 'webhookSubscriptionId'],
    ] as const) {
      const error = await careless(dixa)
        .GET?.(path, init)
        .catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field });
    }
    expect(sent).toHaveLength(0);
  });

  it('names no value of a header that it was given as a parameter', async () => {
    const { dixa } = fakeDixa();
    const header = { 'X-Secret': 'hidden\nvalue' };
    const error = await careless(dixa)
      .GET?.('/webhooks', { params: { header } })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaInputError);
    expect((error as Error).stack).not.toMatch(/hidden/);
  });
});
