import type { Middleware } from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import { DixaInputError } from '../../../src/client/index.js';
import { oneOfEach, ways } from '../../support/every-call.js';
import { resultOf, useFakeClock } from '../../support/fake-clock.js';
import {
  apiKey,
  failure,
  fakeDixa,
  json,
  newSubscription,
  subscription,
  subscriptionId,
} from '../../support/fake-dixa.js';

import { withMiddleware } from '../../support/with-middleware.js';

describe('onRequest', () => {
  it.each(ways)('sees a real Request without the key: $name', async ({ call, method }) => {
    const seen: Request[] = [];
    const { dixa, sent } = withMiddleware({ onRequest: ({ request }) => void seen.push(request) });
    await call(dixa);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeInstanceOf(Request);
    expect(seen[0]?.method).toBe(method);
    expect(seen[0]?.url).toBe(sent[0]?.url);
    expect(JSON.stringify([...(seen[0]?.headers ?? [])])).not.toContain(apiKey);
    expect(sent[0]?.headers.get('authorization')).toBe(apiKey);
  });

  it('runs once a call, whatever number of attempts there are, and never sees the key', async () => {
    useFakeClock();
    const seen: Request[] = [];
    const { dixa, sent } = withMiddleware({ onRequest: ({ request }) => void seen.push(request) }, [
      failure(503),
      failure(429),
    ]);
    await resultOf(dixa.update(subscriptionId, { enabled: false }));
    expect(sent).toHaveLength(3);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers.has('authorization')).toBe(false);
  });

  it('may read the body, which is sent all the same', async () => {
    const bodies: string[] = [];
    const onRequest: Middleware['onRequest'] = async ({ request }) => void bodies.push(await request.text());
    const { dixa, sent } = withMiddleware({ onRequest });
    await dixa.create(newSubscription);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject(newSubscription);
    expect(sent[0]?.body).toBe(bodies[0]);
  });

  it('may set a header on the request that it is given', async () => {
    const onRequest: Middleware['onRequest'] = ({ request }) => request.headers.set('X-Trace', 't-1');
    const { dixa, sent } = withMiddleware({ onRequest });
    await dixa.list();
    expect(sent[0]?.headers.get('x-trace')).toBe('t-1');
  });

  it.each(oneOfEach)('may give a new Request in place of it, which is what is repeated: $name', async ({ call }) => {
    useFakeClock();
    const plain = fakeDixa();
    await call(plain.dixa);
    const onRequest: Middleware['onRequest'] = ({ request }) =>
      new Request(request, { headers: { ...Object.fromEntries(request.headers), 'X-Trace': 't-2' } });
    const { dixa, sent } = withMiddleware({ onRequest }, [failure(429), failure(429)]);
    expect(await resultOf(call(dixa))).toBe(200);
    expect(sent).toHaveLength(3);
    for (const { headers, body, method, url } of sent) {
      expect(headers.get('x-trace')).toBe('t-2');
      expect(headers.get('authorization')).toBe(apiKey);
      expect(headers.get('content-type')).toBe(plain.sent[0]?.headers.get('content-type'));
      expect([method, url, body ?? null]).toEqual([
        plain.sent[0]?.method,
        plain.sent[0]?.url,
        plain.sent[0]?.body ?? null,
      ]);
    }
  });

  it('may give a Request with another body', async () => {
    useFakeClock();
    const onRequest: Middleware['onRequest'] = ({ request }) => new Request(request, { body: '{"name":"other"}' });
    const { dixa, sent } = withMiddleware({ onRequest }, [failure(503)]);
    await resultOf(dixa.update(subscriptionId, { name: 'first' }));
    expect(sent.map(({ body }) => body)).toEqual(['{"name":"other"}', '{"name":"other"}']);
  });

  it('may give a Response, and nothing is sent', async () => {
    const cached = { ...subscription, name: 'cached' };
    const { dixa, sent } = withMiddleware({ onRequest: () => json({ data: cached }) });
    expect(await dixa.get(subscriptionId)).toEqual(cached);
    const params = { path: { webhookSubscriptionId: subscriptionId } };
    const { data } = await dixa.raw.GET('/webhooks/{webhookSubscriptionId}', { params });
    expect(data).toEqual({ data: cached });
    expect(sent).toHaveLength(0);
  });

  it('may give an error Response, which is one like any other', async () => {
    const { dixa, sent } = withMiddleware({ onRequest: () => json({ message: 'closed for today' }, 403) });
    const error = await dixa.list().catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'DixaPermissionError', status: 403, attempts: 0 });
    expect(`${error}`).toContain('closed for today');
    expect(sent).toHaveLength(0);
  });

  it.each([
    ['another host', 'https://elsewhere.example/beta/webhooks'],
    ['another port', 'https://dev.dixa.io:8443/beta/webhooks'],
    ['another scheme', 'http://dev.dixa.io/beta/webhooks'],
    ['another version', 'https://dev.dixa.io/v1/webhooks'],
    ['a host that begins like ours', 'https://dev.dixa.io.example/beta/webhooks'],
    ['a path that begins like ours', 'https://dev.dixa.io/beta-2/webhooks'],
    ['a path above ours', 'https://dev.dixa.io/beta/../v1/webhooks'],
  ])('may not point to %s: the key never leaves baseUrl', async (_, url) => {
    for (const { call } of oneOfEach) {
      const { dixa, sent } = withMiddleware({ onRequest: ({ request }) => new Request(url, request) });
      const error = await call(dixa).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field: 'baseUrl' });
      expect(sent).toHaveLength(0);
    }
  });

  it('cannot replace the key', async () => {
    const onRequest: Middleware['onRequest'] = ({ request }) => request.headers.set('Authorization', 'another');
    const { dixa, sent } = withMiddleware({ onRequest });
    await dixa.list().catch(() => {});
    expect(sent.map(({ headers }) => headers.get('authorization')).filter((key) => key !== apiKey)).toEqual([]);
  });

  it('may throw, and that is what the call rejects with', async () => {
    const thrown = new Error('no ticket');
    const onRequest = () => {
      throw thrown;
    };
    const { dixa, sent } = withMiddleware({ onRequest });
    await expect(dixa.list()).rejects.toBe(thrown);
    expect(sent).toHaveLength(0);
  });
});
