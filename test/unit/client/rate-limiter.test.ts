import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createRateLimiter, type Place, type RateLimit, type RateLimiter } from '../../../src/client/rate-limit.js';
import { useFakeClock } from '../../support/fake-clock.js';

const newPlace = (): Place => ({ number: 0, nextCheckAt: 0, overdueChecks: 0 });

/** Asks until the request may be sent, and no one else does meanwhile. Returns how long that took. */
function askUntilSent(limiter: RateLimiter, place = newPlace()): number {
  const start = performance.now();
  for (let asks = 0; asks < 100; asks += 1) {
    const ms = limiter.take(place, Infinity);
    if (ms === 0) {
      limiter.leave(place);
      return performance.now() - start;
    }
    vi.advanceTimersByTime(ms);
  }
  throw new Error('The request is never let out.');
}

function emptied(requestsPerSecond: number, burst: number): RateLimiter {
  const limiter = createRateLimiter({ requestsPerSecond, burst });
  for (let sent = 0; sent < burst; sent += 1) expect(limiter.take(newPlace(), Infinity)).toBe(0);
  return limiter;
}

interface Arrival {
  /** After the one before it, in milliseconds. */
  readonly afterMs: number;
  /** How long the process is blocked after it was sent. */
  readonly blockedMs: number;
  /** By how much its timers fire too early. */
  readonly earlyMs: number;
}

/**
 * Lets requests ask by the rules of an event loop: timers fire in the order in which they are due, none while the process
 * is blocked, and their time is counted from the start of the turn of the loop.
 */
function simulate(arrivals: readonly Arrival[], limit: RateLimit) {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const limiter = createRateLimiter(limit);
  const sent: { index: number; at: number }[] = [];
  let asks = 0;
  let timers = arrivals.map((_, index) => ({
    index,
    place: newPlace(),
    due: arrivals.slice(0, index + 1).reduce((sum, { afterMs }) => sum + afterMs, 0),
  }));
  while (timers.length) {
    now = Math.max(now, Math.min(...timers.map(({ due }) => due)));
    const turn = now;
    const isDue = ({ due }: { due: number }) => due <= turn;
    const firing = timers.filter(isDue).sort((a, b) => a.due - b.due);
    timers = timers.filter((timer) => !isDue(timer));
    for (const { index, place } of firing) {
      asks += 1;
      const ms = limiter.take(place, Infinity);
      if (ms > 0) timers.push({ index, place, due: turn + Math.max(1, ms - (arrivals[index]?.earlyMs ?? 0)) });
      else {
        limiter.leave(place);
        sent.push({ index, at: now });
        now += arrivals[index]?.blockedMs ?? 0;
      }
    }
  }
  return { sent, asks };
}

describe('the rate limiter', () => {
  it('says at once that a request cannot be sent before its deadline, for want of tokens or because of a hold', () => {
    useFakeClock();
    const limiter = emptied(10, 4);
    expect(limiter.take(newPlace(), performance.now() + 100)).toBe(Infinity);
    expect(limiter.take(newPlace(), performance.now() + 101)).toBe(100);
    limiter.hold(5_000);
    expect(limiter.take(newPlace(), performance.now() + 5_000)).toBe(Infinity);
  });

  it('is not blocked by requests that never ask again, as those of a Worker that have ended', () => {
    useFakeClock();
    const limiter = emptied(10, 4);
    for (let dead = 0; dead < 7; dead += 1) limiter.take(newPlace(), Infinity);
    vi.advanceTimersByTime(60_000);
    expect(askUntilSent(limiter)).toBeLessThan(100);
    expect(askUntilSent(limiter)).toBe(0);
  });

  it('is not blocked by requests that end while others wait behind them', () => {
    useFakeClock();
    const limiter = emptied(10, 1);
    for (let dead = 0; dead < 7; dead += 1) limiter.take(newPlace(), Infinity);
    // The seven would have left in 700 ms.
    expect(askUntilSent(limiter)).toBeLessThan(900);
  });

  it('gives the place of a request that leaves to those behind it', () => {
    useFakeClock();
    const limiter = emptied(1, 1);
    const places = Array.from({ length: 5 }, newPlace);
    for (const place of places) limiter.take(place, Infinity);
    for (const place of places.slice(0, 4)) limiter.leave(place);
    expect(limiter.take(places[4] as Place, Infinity)).toBe(1_000);
  });

  it('takes no longer for a request if 50,000 wait before it', () => {
    const limiter = emptied(1, 1);
    const before = process.cpuUsage();
    const places = Array.from({ length: 50_000 }, newPlace);
    for (const place of places) limiter.take(place, Infinity);
    for (const place of places) limiter.leave(place);
    for (const place of places) limiter.take(place, Infinity);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  it('makes 10,000 requests wait for fewer than 100 different times, so that the timers of Node stay fast', () => {
    useFakeClock();
    const limiter = emptied(10, 4);
    const times = Array.from({ length: 10_000 }, () => limiter.take(newPlace(), Infinity));
    expect(new Set(times).size).toBeLessThan(100);
  });

  it('keeps the order and the rate, however late the timers fire and however long the process is blocked', () => {
    const arrival = fc.record({
      afterMs: fc.nat(120),
      blockedMs: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, fc.nat(400)),
      earlyMs: fc.nat(3),
    });
    fc.assert(
      fc.property(
        fc.array(arrival, { minLength: 2, maxLength: 40 }),
        fc.constantFrom(1, 10, 1_000),
        fc.integer({ min: 1, max: 5 }),
        (arrivals, requestsPerSecond, burst) => {
          const { sent } = simulate(arrivals, { requestsPerSecond, burst });
          expect(sent.map(({ index }) => index)).toEqual(arrivals.map((_, index) => index));
          for (const [from, { at: start }] of sent.entries()) {
            for (const [to, { at: end }] of sent.slice(from).entries()) {
              expect(to + 1).toBeLessThanOrEqual(burst + (requestsPerSecond * (end - start)) / 1_000 + 1e-6);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('makes 500 requests that wait ask fewer than twelve times each, not at every token', () => {
    const arrivals = Array(500).fill({ afterMs: 0, blockedMs: 0, earlyMs: 0 });
    const { sent, asks } = simulate(arrivals, { requestsPerSecond: 10, burst: 1 });
    expect(sent.at(-1)).toEqual({ index: 499, at: 49_900 });
    expect(asks / 500).toBeLessThan(12);
  });
});
