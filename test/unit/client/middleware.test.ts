import type { Middleware } from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import { DixaConnectionError, DixaResponseError } from '../../../src/client/index.js';
import { errorOf, resultOf, useFakeClock } from '../../support/fake-clock.js';
import {
  apiKey,
  failure,
  fakeDixa,
  json,
  newSubscription,
  refused,
  subscription,
  subscriptionId,
} from '../../support/fake-dixa.js';

import { withMiddleware } from '../../support/with-middleware.js';

describe('onResponse', () => {
  it.each([
    ['text', (response: Response) => response.text()],
    ['json', (response: Response) => response.json()],
    ['blob', (response: Response) => response.blob()],
    ['arrayBuffer', (response: Response) => response.arrayBuffer()],
  ])('may read a clone of the reply: %s', async (_, read) => {
    const seen: unknown[] = [];
    const { dixa } = withMiddleware({
      onResponse: async ({ response }) => void seen.push(await read(response.clone())),
    });
    expect(await dixa.get(subscriptionId)).toEqual(subscription);
    expect((await dixa.raw.GET('/webhooks')).data).toEqual({ data: [] });
    expect(seen).toHaveLength(2);
  });

  it('sees the last reply, and the Request without the key', async () => {
    useFakeClock();
    const seen: unknown[] = [];
    const onResponse: Middleware['onResponse'] = ({ request, response }) =>
      void seen.push([response.status, response.url, request.headers.has('authorization')]);
    const { dixa } = withMiddleware({ onResponse }, [failure(503), failure(503)]);
    await resultOf(dixa.list());
    expect(seen).toEqual([[200, expect.any(String), false]]);
  });

  it('finds the key nowhere in the Request, however deep it looks', async () => {
    const found: string[] = [];
    const look = (value: unknown, depth = 0): void => {
      if (typeof value === 'string') found.push(value);
      if (depth > 5 || Object(value) !== value) return;
      if (value instanceof Headers) for (const [, content] of value) found.push(content);
      for (const key of Reflect.ownKeys(value as object)) look(Reflect.get(value as object, key), depth + 1);
    };
    const lookAt = ({ request }: { request: Request }) => look(request);
    const watching = { onRequest: lookAt, onResponse: lookAt, onError: lookAt };
    const { dixa } = withMiddleware(watching, [], { headers: { 'X-Seen': 'in-plain-sight' } });
    await dixa.get(subscriptionId);
    await dixa.raw.GET('/webhooks');
    const failing = withMiddleware(watching, [refused], { maxRetries: 0 });
    await expect(failing.dixa.list()).rejects.toBeInstanceOf(DixaConnectionError);
    expect(found).toContain('in-plain-sight');
    expect(found.filter((text) => text.includes(apiKey))).toEqual([]);
  });

  it('sees an error reply, whose body is still there for the error', async () => {
    const seen: unknown[] = [];
    const onResponse: Middleware['onResponse'] = async ({ response }) =>
      void seen.push(response.status, await response.clone().json());
    const { dixa } = withMiddleware({ onResponse }, [failure(404)]);
    await expect(dixa.get(subscriptionId)).rejects.toMatchObject({ status: 404, body: { message: 'status 404' } });
    expect(seen).toEqual([404, { message: 'status 404' }]);
  });

  it('may replace the reply, for the methods and for raw', async () => {
    const other = { ...subscription, name: 'replaced' };
    const onResponse = async ({ response }: { response: Response }) =>
      new Response(JSON.stringify({ data: { ...(await response.json()).data, name: 'replaced' } }), response);
    const { dixa } = withMiddleware({ onResponse });
    expect(await dixa.get(subscriptionId)).toEqual(other);
    const params = { path: { webhookSubscriptionId: subscriptionId } };
    expect((await dixa.raw.GET('/webhooks/{webhookSubscriptionId}', { params })).data).toEqual({ data: other });
  });

  it('may replace the reply by one that cannot be used, which is refused', async () => {
    const { dixa } = withMiddleware({ onResponse: () => new Response('<html>') });
    await expect(dixa.get(subscriptionId)).rejects.toBeInstanceOf(DixaResponseError);
  });

  it('may turn a success into an error and an error into a success', async () => {
    const failing = withMiddleware({ onResponse: () => json({ message: 'not today' }, 409) });
    await expect(failing.dixa.list()).rejects.toMatchObject({ status: 409, body: { message: 'not today' } });
    const mending = withMiddleware({ onResponse: () => json({ data: [] }) }, [failure(404)]);
    expect(await mending.dixa.list()).toEqual([]);
  });
});

describe('onError', () => {
  it('sees what is thrown, and may answer in its place', async () => {
    useFakeClock();
    const seen: unknown[] = [];
    const onError: Middleware['onError'] = ({ error }) => {
      seen.push(error);
      return json({ data: [subscription] });
    };
    const { dixa } = withMiddleware({ onError }, [() => new Response('<html>')]);
    expect(await resultOf(dixa.list())).toEqual([subscription]);
    expect(seen).toEqual([expect.any(DixaResponseError)]);
  });
});

describe('a middleware', () => {
  it('is gone after eject, and the client works on', async () => {
    const seen: string[] = [];
    const middleware: Middleware = { onRequest: ({ request }) => void seen.push(request.url) };
    const { dixa } = withMiddleware(middleware);
    await dixa.list();
    dixa.raw.eject(middleware);
    await dixa.list();
    expect(seen).toHaveLength(1);
  });

  it('may be given to one raw call', async () => {
    const seen: string[] = [];
    const { dixa } = fakeDixa();
    const middleware = [{ onRequest: ({ schemaPath }: { schemaPath: string }) => void seen.push(schemaPath) }];
    await dixa.raw.GET('/webhooks', { middleware });
    await dixa.raw.GET('/webhooks');
    expect(seen).toEqual(['/webhooks']);
  });

  it('sees the path of a method as the contract has it, and what it is filled in with', async () => {
    const seen: unknown[] = [];
    const onRequest: Middleware['onRequest'] = ({ schemaPath, params, request: { url } }) =>
      void seen.push(schemaPath, params.path, url);
    await withMiddleware({ onRequest }).dixa.get(subscriptionId);
    expect(seen).toEqual([
      '/webhooks/{webhookSubscriptionId}',
      { webhookSubscriptionId: subscriptionId },
      `https://dev.dixa.io/beta/webhooks/${subscriptionId}`,
    ]);
  });

  it('does not stand in the way of a signal', async () => {
    useFakeClock();
    const controller = new AbortController();
    const onRequest: Middleware['onRequest'] = ({ request }) => new Request(request, { headers: { 'X-A': 'b' } });
    const { dixa, sent } = withMiddleware({ onRequest }, [failure(429, { 'Retry-After': '50' })], {
      onRetry: () => void setTimeout(() => controller.abort('stop'), 10),
    });
    expect(await errorOf(dixa.create(newSubscription, { signal: controller.signal }))).toBe('stop');
    expect(sent).toHaveLength(1);
  });
});
