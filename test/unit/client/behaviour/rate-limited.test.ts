import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaRateLimitError } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { errorOf, finish, pass, resultOf, useFakeClock, watch } from '../../../support/fake-clock.js';
import { apiKey, failure, fakeDixa, success } from '../../../support/fake-dixa.js';

const limited = (seconds?: number) => failure(429, seconds === undefined ? {} : { 'Retry-After': `${seconds}` });

describe('429', () => {
  it.each(ways)('is retried, twice at most, by $name', async ({ call, isRaw }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited(), limited(), limited(), success]);
    expect(await resultOf(call(dixa))).toBe(429);
    expect(sent).toHaveLength(3);
    expect(sent.map(({ body }) => body)).toEqual(Array(3).fill(sent[0]?.body));

    const second = fakeDixa([limited(), success]);
    expect(await resultOf(call(second.dixa)), isRaw ? 'raw' : 'method').toBe(200);
    expect(second.sent).toHaveLength(2);
  });

  it.each([
    ['with the rate limit', {}],
    ['without the rate limit', { rateLimit: false }],
  ] as const)('holds the whole client until its Retry-After, %s', async (_, options) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited(7)], options);
    const first = watch(dixa.list());
    await pass(1);
    const others = [watch(dixa.list()), watch(dixa.raw.GET('/webhooks'))];
    await pass(6_998);
    expect(sent).toHaveLength(1);
    await pass(1_000);
    expect(sent).toHaveLength(4);
    expect(Math.min(...sent.slice(1).map(({ at }) => at - (sent[0]?.at ?? 0)))).toBe(7_000);
    for (const { ended } of [first, ...others]) expect(ended).toHaveProperty('value');
  });

  it('delays calls that already wait for the rate limit', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited(30)], { rateLimit: { requestsPerSecond: 1, burst: 1 }, maxRetries: 0 });
    const calls = [dixa.list(), dixa.list(), dixa.list()].map(watch);
    await pass(29_999);
    expect(sent).toHaveLength(1);
    await Promise.all(calls.map(({ promise }) => finish(promise)));
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 30_000, 31_000]);
  });

  it('delays the client even if the call itself is not retried again', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited(5)], { maxRetries: 0 });
    expect(await errorOf(dixa.list())).toMatchObject({ retryAfterMs: 5_000, attempts: 1 });
    await resultOf(dixa.list());
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 5_000]);
  });

  it('does not shorten a longer delay', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited(20), limited(1)], { maxRetries: 0 });
    await Promise.all([finish(dixa.list()), finish(dixa.list())]);
    await resultOf(dixa.list());
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 0, 20_000]);
  });

  it('does not delay another client', async () => {
    useFakeClock();
    const held = fakeDixa([limited(50)], { maxRetries: 0 });
    await finish(held.dixa.list());
    const free = fakeDixa();
    const start = performance.now();
    await resultOf(free.dixa.list());
    expect(performance.now()).toBe(start);
  });

  it('without a Retry-After does not delay other calls', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([limited()]);
    const first = watch(dixa.list());
    await pass(0);
    await resultOf(dixa.list());
    expect(sent[1]?.at).toBe(sent[0]?.at);
    await finish(first.promise);
  });

  it.each(ways)(
    'with more than 60 s rejects every later $name immediately until then, unsent',
    async ({ call, isRaw }) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([limited(300)]);
      await finish(dixa.list());
      await pass(239_999);
      const before = performance.now();
      const ended = await finish(call(dixa));
      expect(performance.now()).toBe(before);
      expect(ended).toMatchObject(isRaw ? { error: { name: 'DixaRateLimitError', attempts: 0 } } : { value: 429 });
      await pass(1);
      expect(await resultOf(call(dixa))).toBe(200);
      expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 300_000]);
    },
  );

  it('with more than 60 s is reported by later calls with the remaining time', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([limited(300)]);
    await finish(dixa.list());
    await pass(100_000);
    const error = await errorOf(dixa.create({ name: 'a', url: 'https://example.com', events: [] }));
    expect(error).toMatchObject({
      status: 429,
      attempts: 0,
      retryAfterMs: 200_000,
      outcome: 'not-sent',
      body: undefined,
    });
    expect(`${error}`).toContain('200 s');
  });

  it('with more than 60 s ends waiting calls, and those between attempts', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '10' }), limited(300)], {
      rateLimit: { requestsPerSecond: 1, burst: 2 },
    });
    const [pausing, limit, waiting] = [dixa.list(), dixa.list(), dixa.list()].map(watch);
    await pass(10_000);
    expect(limit?.ended?.error).toMatchObject({ attempts: 1, retryAfterMs: 300_000 });
    expect(waiting?.ended?.error).toMatchObject({ name: 'DixaRateLimitError', attempts: 0, retryAfterMs: 299_000 });
    expect(pausing?.ended?.error).toMatchObject({ name: 'DixaRateLimitError', attempts: 1, retryAfterMs: 290_000 });
    expect(sent).toHaveLength(2);
  });

  it('ends in an error with the time to wait and the number of attempts', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([limited(1), limited(2), limited(3)]);
    const error = await errorOf(dixa.list());
    expect(error).toBeInstanceOf(DixaRateLimitError);
    expect(error).toMatchObject({ status: 429, attempts: 3, retryAfterMs: 3_000, code: 'DIXA_RATE_LIMIT' });
  });

  it('of a POST has no unknown outcome', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([limited()], { maxRetries: 0 });
    const error = await errorOf(dixa.create({ name: 'a', url: 'https://example.com', events: [] }));
    expect((error as DixaRateLimitError).outcome).toBeUndefined();
    expect(`${error}`).not.toContain('may exist');
  });

  it.each([0, 1, 5])('is retried maxRetries times: %i', async (maxRetries) => {
    useFakeClock();
    let sent = 0;
    const dixa = createDixaWebhooks({
      apiKey,
      maxRetries,
      fetch: async () => {
        sent += 1;
        return Response.json({ message: 'slow down' }, { status: 429 });
      },
    });
    expect(await errorOf(dixa.list())).toMatchObject({ attempts: maxRetries + 1 });
    expect(sent).toBe(maxRetries + 1);
  });
});
