import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaRateLimitError } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, newSubscription } from '../../../support/fake-dixa.js';
import { answer, succeed } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

const slowDown = (retryAfter?: string) =>
  answer(429, '{"message":"Too many requests"}', retryAfter === undefined ? {} : { 'Retry-After': retryAfter });
const past = 'Sun, 06 Nov 1994 08:49:37 GMT';

describe('a server that responds with 429', () => {
  it.each(ways)('with 0 seconds and then a past date: $name continues immediately', async ({ call }) => {
    const { baseUrl, requests } = await faultyServer(slowDown('0'), slowDown(past), succeed);
    const delays: number[] = [];
    const dixa = createDixaWebhooks({ apiKey, baseUrl, onRetry: ({ delayMs }) => delays.push(delayMs) });
    expect(await call(dixa)).toBe(200);
    expect(requests).toHaveLength(3);
    expect(delays).toEqual([0, 0]);
  });

  it.each(['soon', '-1', '1,5', '2026-01-01', undefined])('with %s: the delay is the usual one', async (value) => {
    const { baseUrl, requests } = await faultyServer(slowDown(value), succeed);
    const stop = new AbortController();
    const delays: number[] = [];
    const onRetry = ({ delayMs }: { delayMs: number }) => {
      delays.push(delayMs);
      stop.abort('seen enough');
    };
    const dixa = createDixaWebhooks({ apiKey, baseUrl, onRetry });
    await expect(dixa.list({ signal: stop.signal })).rejects.toBe('seen enough');
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThanOrEqual(0);
    expect(delays[0]).toBeLessThanOrEqual(500);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['seconds', '59', 59_000],
    ['a fraction of a second', '58.2', 59_000],
    ['a date', new Date(Date.now() + 50_000).toUTCString(), 50_000],
  ])('with %s ahead: that is the pause', async (_, value, about) => {
    const { baseUrl } = await faultyServer(slowDown(value));
    const stop = new AbortController();
    let told = 0;
    const onRetry = ({ delayMs }: { delayMs: number }) => {
      told = delayMs;
      stop.abort('seen enough');
    };
    const dixa = createDixaWebhooks({ apiKey, baseUrl, onRetry });
    await expect(dixa.list({ signal: stop.signal })).rejects.toBe('seen enough');
    expect(told).toBeLessThanOrEqual(about);
    expect(told).toBeGreaterThan(about - 45_000);
  });

  it.each([
    ['seconds', '3600'],
    ['a date', new Date(Date.now() + 7_200_000).toUTCString()],
  ])('with an hour in %s: the call rejects at once', async (_, value) => {
    const { baseUrl, requests } = await faultyServer(slowDown(value));
    const dixa = createDixaWebhooks({ apiKey, baseUrl });
    const error = await dixa.create(newSubscription).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaRateLimitError);
    expect((error as DixaRateLimitError).retryAfterMs).toBeGreaterThanOrEqual(3_600_000);
    expect(`${error}`).toContain('Too many requests');
    expect(requests).toHaveLength(1);
  });

  it('without end: the error has the number of attempts', async () => {
    const { baseUrl, requests } = await faultyServer(slowDown('0'));
    const error = await createDixaWebhooks({ apiKey, baseUrl, maxRetries: 4 })
      .list()
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'DixaRateLimitError', attempts: 5, retryAfterMs: 0 });
    expect(requests).toHaveLength(5);
  });
});

describe('100 concurrent calls over HTTP', () => {
  it('are all served once, in order', async () => {
    const { baseUrl, requests } = await faultyServer(succeed);
    const rateLimit = { requestsPerSecond: 1_000, burst: 4 };
    const dixa = createDixaWebhooks({ apiKey, baseUrl, rateLimit });
    const order: number[] = [];
    const ids = Array.from({ length: 100 }, (_, index) => index);
    const fetchInOrder = async (url: string, init: RequestInit) => {
      order.push(Number(new Headers(init.headers).get('x-order')));
      return fetch(url, init);
    };
    const counted = createDixaWebhooks({ apiKey, baseUrl, rateLimit, fetch: fetchInOrder });
    await Promise.all(ids.map((id) => counted.list({ headers: { 'X-Order': `${id}` } })));
    expect(order).toEqual(ids);
    expect(requests.map(({ headers }) => Number(headers['x-order'])).sort((a, b) => a - b)).toEqual(ids);

    const lists = await Promise.all(ids.map(() => dixa.list()));
    expect(lists).toHaveLength(100);
    expect(requests).toHaveLength(200);
  });

  it('survive a 429, and only the rejected one is sent again', async () => {
    const behaviours = [...Array(20).fill(succeed), slowDown('0'), succeed];
    const { baseUrl, requests } = await faultyServer(...behaviours);
    const dixa = createDixaWebhooks({ apiKey, baseUrl, rateLimit: false });
    const lists = await Promise.all(Array.from({ length: 100 }, () => dixa.list()));
    expect(lists).toEqual(Array(100).fill([]));
    expect(requests).toHaveLength(101);
  });
});
