import { afterEach, describe, expect, it, vi } from 'vitest';
import { repeatable } from '../../../support/every-call.js';
import { pass, resultOf, useFakeClock, watch } from '../../../support/fake-clock.js';
import { failure, fakeDixa, lost, type Sent } from '../../../support/fake-dixa.js';

const pauses = (sent: readonly Sent[]) => sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
const longest = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('backoff', () => {
  it.each(repeatable)('doubles from half a second to 8 s at most for $name', async ({ call }) => {
    useFakeClock();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { dixa, sent } = fakeDixa(Array(7).fill(failure(503)), { maxRetries: 7 });
    await resultOf(call(dixa));
    expect(pauses(sent)).toEqual(longest);
  });

  it('is the same after a lost connection', async () => {
    useFakeClock();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { dixa, sent } = fakeDixa(Array(7).fill(lost), { maxRetries: 7 });
    await resultOf(dixa.list());
    expect(pauses(sent)).toEqual(longest);
  });

  it.each([0, 0.25, 0.5])('has full jitter: %d', async (share) => {
    useFakeClock();
    vi.spyOn(Math, 'random').mockReturnValue(share);
    const told: number[] = [];
    const { dixa } = fakeDixa(Array(7).fill(failure(500)), {
      maxRetries: 7,
      onRetry: ({ delayMs }) => told.push(delayMs),
    });
    await resultOf(dixa.list());
    expect(told).toEqual(longest.map((ms) => share * ms));
  });

  it('passes each attempt and its outcome to onRetry', async () => {
    useFakeClock();
    const told: unknown[] = [];
    const { dixa } = fakeDixa([failure(502), failure(429), failure(504)], {
      maxRetries: 3,
      onRetry: ({ attempt, reason }) => told.push([attempt, reason]),
    });
    await resultOf(dixa.list());
    expect(told).toEqual([
      [1, 502],
      [2, 429],
      [3, 504],
    ]);
  });

  it.each(repeatable)('ends as soon as the signal of $name aborts, with its reason', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '50' })]);
    const controller = new AbortController();
    const watched = watch(call(dixa, { signal: controller.signal }));
    await pass(25_000);
    expect(watched.ended).toBeUndefined();
    const reason = { why: 'the user left' };
    controller.abort(reason);
    await pass(0);
    expect(watched.ended?.error).toBe(reason);
    await pass(100_000);
    expect(sent).toHaveLength(1);
  });

  it('does not start if onRetry aborts the signal', async () => {
    useFakeClock();
    const controller = new AbortController();
    const { dixa, sent } = fakeDixa([failure(503)], { onRetry: () => controller.abort('enough') });
    const watched = watch(dixa.list({ signal: controller.signal }));
    await pass(0);
    expect(watched.ended).toEqual({ error: 'enough' });
    expect(sent).toHaveLength(1);
  });

  it('does not start if onRetry throws, and the call rejects with that error', async () => {
    useFakeClock();
    const thrown = new Error('no more');
    const { dixa, sent } = fakeDixa([failure(503)], {
      onRetry: () => {
        throw thrown;
      },
    });
    const watched = watch(dixa.list());
    await pass(0);
    expect(watched.ended?.error).toBe(thrown);
    expect(sent).toHaveLength(1);
  });
});
