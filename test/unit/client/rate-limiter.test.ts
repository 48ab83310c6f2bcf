import { describe, expect, it, vi } from 'vitest';
import { createRateLimiter } from '../../../src/client/rate-limit.js';
import { pass, useFakeClock, watch } from '../../support/fake-clock.js';

const take = (limiter: ReturnType<typeof createRateLimiter>, deadline = Infinity) =>
  watch(Promise.resolve(limiter.take(deadline)));

describe('the rate limiter', () => {
  it('turns away at once who cannot leave in time because of a hold, though others before it still can', async () => {
    useFakeClock();
    // A hold of a second is shorter than this bucket takes to fill: it moves those in front only.
    const limiter = createRateLimiter({ requestsPerSecond: 10, burst: 20 });
    for (let sent = 0; sent < 20; sent += 1) expect(limiter.take(Infinity)).toBe(true);
    take(limiter);
    await pass(100);
    const patient = take(limiter);
    const hurried = take(limiter, performance.now() + 500);
    limiter.hold(1_000);
    await pass(0);
    expect(hurried.ended).toEqual({ value: false });
    expect(patient.ended).toBeUndefined();
    await pass(1_000);
    expect(patient.ended).toEqual({ value: true });
  });

  it('turns away at once who cannot leave in time because the process was blocked', async () => {
    useFakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 10, burst: 4 });
    for (let sent = 0; sent < 4; sent += 1) expect(limiter.take(Infinity)).toBe(true);
    const patient = Array.from({ length: 9 }, () => take(limiter));
    const hurried = take(limiter, performance.now() + 1_300);
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 1_000);
    await pass(100);
    // The bucket was full again: four leave together, and the last would at 1,700.
    expect(patient.map(({ ended }) => ended !== undefined)).toEqual([...Array(4).fill(true), ...Array(5).fill(false)]);
    expect(hurried.ended).toEqual({ value: false });
  });

  it('judges only the first of many that wait, as long as all leave when they were to', async () => {
    useFakeClock();
    const limiter = createRateLimiter({ requestsPerSecond: 10, burst: 1 });
    const waiting = Array.from({ length: 1_000 }, () => take(limiter));
    await pass(10_000);
    const now = vi.spyOn(performance, 'now');
    await pass(10_000);
    expect(waiting.filter(({ ended }) => ended)).toHaveLength(201);
    // A few looks at the clock for each that left, not one for each that waits.
    expect(now.mock.calls.length).toBeLessThan(100 * 20);
  });
});
