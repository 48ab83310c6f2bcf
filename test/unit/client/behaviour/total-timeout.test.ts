import { afterEach, describe, expect, it, vi } from 'vitest';
import { DixaServerError, DixaTimeoutError } from '../../../../src/client/index.js';
import { repeatable, ways } from '../../../support/every-call.js';
import { errorOf, finish, pass, resultOf, useFakeClock, watch } from '../../../support/fake-clock.js';
import {
  type Answer,
  failure,
  fakeDixa,
  newSubscription,
  type Sent,
  silence,
  stalledBody,
  success,
} from '../../../support/fake-dixa.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const slow =
  (ms: number, then: Answer): Answer =>
  async (sent: Sent) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return then(sent);
  };

const atOnce = async <T>(promise: Promise<T>) => {
  const start = performance.now();
  const watched = watch(promise);
  await pass(0);
  expect(performance.now()).toBe(start);
  expect(watched.ended).toBeDefined();
  return watched.ended;
};

describe('totalTimeoutMs', () => {
  it.each(ways)('ends $name immediately if the wait for the rate limit would exceed it', async ({ call, method }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { totalTimeoutMs: 900, rateLimit: { requestsPerSecond: 1, burst: 1 } });
    await resultOf(dixa.list());
    const ended = await atOnce(call(dixa));
    expect(ended?.error).toBeInstanceOf(DixaTimeoutError);
    expect(ended?.error).toMatchObject({ timeoutMs: 900, attempts: 0 });
    if (method === 'POST') expect(ended?.error).toMatchObject({ outcome: 'not-sent' });
    expect(sent).toHaveLength(1);
  });

  it('lets a call with enough time wait for the rate limit', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { totalTimeoutMs: 1_100, rateLimit: { requestsPerSecond: 1, burst: 1 } });
    await Promise.all([finish(dixa.list()), resultOf(dixa.list())]);
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 1_000]);
  });

  it('includes the whole queue, and a call without enough time leaves it', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { totalTimeoutMs: 2_500, rateLimit: { requestsPerSecond: 1, burst: 1 } });
    const ended = await Promise.all(Array.from({ length: 5 }, () => finish(dixa.list())));
    expect(ended.map((end) => 'value' in end)).toEqual([true, true, true, false, false]);
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 1_000, 2_000]);
  });

  it.each(repeatable)('ends $name immediately with the last error if the backoff would exceed it', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '5' })], { totalTimeoutMs: 5_000 });
    expect(await atOnce(call(dixa))).toEqual({ value: 503 });
    expect(sent).toHaveLength(1);
  });

  it.each([
    [2_001, 1],
    [2_002, 2],
  ])(
    'counts a millisecond for timers that are early: with %i ms and a pause of 2 s it sends %i',
    async (total, count) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '2' })], { totalTimeoutMs: total });
      await finish(dixa.list());
      expect(sent).toHaveLength(count);
    },
  );

  it('rejects with the last error, with its attempts', async () => {
    useFakeClock();
    const answers = [failure(500, { 'Retry-After': '2' }), failure(503, { 'Retry-After': '2' })];
    const { dixa } = fakeDixa(answers, { totalTimeoutMs: 3_000 });
    const start = performance.now();
    const error = await errorOf(dixa.list());
    expect(error).toBeInstanceOf(DixaServerError);
    expect(error).toMatchObject({ status: 503, attempts: 2 });
    expect(performance.now() - start).toBe(2_000);
  });

  it('ends a call immediately with the last error if the rate limit would delay its next attempt too long', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(500, { 'Retry-After': '0' })], {
      totalTimeoutMs: 5_000,
      rateLimit: { requestsPerSecond: 0.1, burst: 1 },
    });
    expect((await atOnce(dixa.list()))?.error).toMatchObject({ status: 500, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it.each(ways)('ends $name within an attempt', async ({ call, method }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([silence], { totalTimeoutMs: 1_234 });
    const start = performance.now();
    const error = await errorOf(call(dixa));
    expect(error).toBeInstanceOf(DixaTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 1_234, attempts: 1 });
    if (method === 'POST') expect(error).toMatchObject({ outcome: 'unknown' });
    expect(performance.now() - start).toBe(1_234);
    expect(sent).toHaveLength(1);
  });

  it('ends a later attempt when the remaining time is over', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '3' }), stalledBody], { totalTimeoutMs: 4_000 });
    const start = performance.now();
    const error = await errorOf(dixa.list());
    expect(error).toMatchObject({ name: 'DixaTimeoutError', timeoutMs: 4_000, attempts: 2 });
    expect(performance.now() - start).toBe(4_000);
    expect(sent).toHaveLength(2);
  });

  it('does not affect an attempt if timeoutMs is shorter', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([silence], { totalTimeoutMs: 10_000, timeoutMs: 1_000, maxRetries: 0 });
    expect(await errorOf(dixa.list())).toMatchObject({ timeoutMs: 1_000, attempts: 1 });
  });

  it('ends a call that waits for the rate limit when a longer delay begins', async () => {
    useFakeClock();
    const limit = slow(100, failure(429, { 'Retry-After': '20' }));
    const options = { totalTimeoutMs: 5_000, maxRetries: 0, rateLimit: { requestsPerSecond: 1, burst: 1 } };
    const { dixa, sent } = fakeDixa([limit], options);
    const first = watch(dixa.list());
    const waiting = watch(dixa.create(newSubscription));
    await pass(99);
    expect(waiting.ended).toBeUndefined();
    await pass(1);
    expect(first.ended?.error).toMatchObject({ status: 429 });
    await pass(1_000);
    expect(waiting.ended?.error).toMatchObject({ timeoutMs: 5_000, attempts: 0, outcome: 'not-sent' });
    expect(sent).toHaveLength(1);
  });

  it('lets a call wait if it has more time than the delay', async () => {
    useFakeClock();
    const limit = slow(100, failure(429, { 'Retry-After': '3' }));
    const options = { totalTimeoutMs: 5_000, maxRetries: 0, rateLimit: { requestsPerSecond: 1, burst: 1 } };
    const { dixa, sent } = fakeDixa([limit], options);
    const [, waiting] = await Promise.all([finish(dixa.list()), finish(dixa.list())]);
    expect(waiting).toHaveProperty('value');
    expect(sent.map(({ at }) => at - (sent[0]?.at ?? 0))).toEqual([0, 3_100]);
  });

  it('never sends a request after it is over, however late timers are', async () => {
    useFakeClock();
    const clock = performance.now.bind(performance);
    let lateness = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock() + lateness);
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '1' })], { totalTimeoutMs: 2_000 });
    const watched = watch(dixa.list());
    await pass(500);
    lateness = 5_000;
    await pass(500);
    expect(watched.ended?.error).toMatchObject({ status: 503, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it('is unlimited by default: a call waits for the whole queue', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([success], { rateLimit: { requestsPerSecond: 0.01, burst: 1 } });
    await resultOf(dixa.list());
    const start = performance.now();
    await resultOf(dixa.list());
    expect(performance.now() - start).toBe(100_000);
  });
});
