import { afterEach, describe, expect, it, vi } from 'vitest';
import { DixaApiError, DixaRateLimitError } from '../../../../src/client/index.js';
import { repeatable, ways } from '../../../support/every-call.js';
import { errorOf, resultOf, startOfTime, useFakeClock } from '../../../support/fake-clock.js';
import { failure, fakeDixa, type Sent, success } from '../../../support/fake-dixa.js';

const inSeconds = (seconds: number) => new Date(startOfTime + seconds * 1_000).toUTCString();

/** The pause between the first attempt and the second. */
function pauseOf(sent: readonly Sent[]): number {
  return (sent[1]?.at ?? Number.NaN) - (sent[0]?.at ?? Number.NaN);
}

/** Makes the backoff as long as it can be, so that it cannot be taken for what the header asks for. */
function noJitter(): void {
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['60', 60_000],
    [inSeconds(12), 12_000],
    [inSeconds(-3600), 0],
  ])('is waited for, in seconds or until a date: %s', async (header, pause) => {
    useFakeClock();
    noJitter();
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': header }), success]);
    await resultOf(dixa.list());
    expect(pauseOf(sent)).toBe(pause);
  });

  it.each([408, 429, 500, 502, 503, 504])('is respected for every retried status: %i', async (status) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(status, { 'Retry-After': '41' }), success]);
    await resultOf(dixa.raw.GET('/webhooks'));
    expect(pauseOf(sent)).toBe(41_000);
  });

  it('is ignored if it is invalid', async () => {
    useFakeClock();
    noJitter();
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': 'soon' }), success]);
    await resultOf(dixa.list());
    expect(pauseOf(sent)).toBeGreaterThan(495);
    expect(pauseOf(sent)).toBeLessThanOrEqual(500);
  });

  it.each([
    ['61', 61_000],
    ['3600', 3_600_000],
    [inSeconds(61), 61_000],
    [inSeconds(86_400), 86_400_000],
  ])('above a minute is not slept through, and the error tells it: %s', async (header, retryAfterMs) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': header })]);
    const start = performance.now();
    const error = await errorOf(dixa.list());
    expect(error).toBeInstanceOf(DixaRateLimitError);
    expect(error).toMatchObject({ retryAfterMs, attempts: 1 });
    expect(performance.now()).toBe(start);
    expect(sent).toHaveLength(1);
  });

  it.each(repeatable)('of an hour on a 503 ends $name immediately', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '3600' })]);
    const start = performance.now();
    expect(await resultOf(call(dixa))).toBe(503);
    expect(performance.now()).toBe(start);
    expect(sent).toHaveLength(1);
  });

  it.each(ways)('of an hour on a 429 ends $name immediately', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': '3600' })]);
    const start = performance.now();
    expect(await resultOf(call(dixa))).toBe(429);
    expect(performance.now()).toBe(start);
    expect(sent).toHaveLength(1);
  });

  it('does not cause a retry of other statuses', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(400, { 'Retry-After': '1' })]);
    expect(await errorOf(dixa.list())).toBeInstanceOf(DixaApiError);
    expect(sent).toHaveLength(1);
  });

  it('is passed to onRetry as the delay', async () => {
    useFakeClock();
    const told: unknown[] = [];
    const { dixa } = fakeDixa([failure(503, { 'Retry-After': '9' }), success], { onRetry: (info) => told.push(info) });
    await resultOf(dixa.list());
    expect(told).toEqual([{ operationId: 'listWebhookSubscriptions', attempt: 1, delayMs: 9_000, reason: 503 }]);
  });
});
