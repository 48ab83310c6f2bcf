import { describe, expect, it } from 'vitest';
import type { Passage } from '../../../../scripts/bench/api.js';
import { rateOf } from '../../../../scripts/bench/rate.js';

const allowed = { requestsPerSecond: 10, burst: 4 };

/** Calls that leave a burst at once and then one at a time, in milliseconds. */
const leaving = (everyMs: number, burst = 4): Passage[] =>
  Array.from({ length: 100 }, (_, call) => ({ call, at: Math.max(0, call - burst + 1) * everyMs }));

/** The same calls as a server sees them, each so many milliseconds later. */
const later = (passages: readonly Passage[], delay: (call: number) => number): Passage[] =>
  passages.map(({ call, at }) => ({ call, at: at + delay(call) }));

describe('the rate that a server saw', () => {
  it('is within what is allowed, and without loss, where a token leaves each tenth of a second', () => {
    const calls = leaving(100);
    const { took, slower, excess, jitter, overtaken } = rateOf(
      calls,
      later(calls, () => 2),
      allowed,
    );
    expect(took).toBeCloseTo(9.6);
    expect(slower).toBeCloseTo(0);
    // A millisecond of tolerance is a hundredth of a request.
    expect(excess).toBeCloseTo(-0.01);
    expect(jitter).toBeCloseTo(0);
    expect(overtaken).toBe(0);
  });

  it.each([
    ['a rate that is a hundredth too high', leaving(99)],
    ['a burst of five', leaving(100, 5)],
    ['one request between two others', [...leaving(100).slice(0, 99), { call: 99, at: 4_950 }]],
  ])('is more than allowed with %s', (_, calls) => {
    expect(
      rateOf(
        calls,
        later(calls, () => 2),
        allowed,
      ).excess,
    ).toBeGreaterThan(0.5);
  });

  it('allows for deliveries that take longer than others, by what was measured and no more', () => {
    const calls = leaving(100);
    const uneven = rateOf(
      calls,
      later(calls, (call) => (call % 2 ? 1 : 31)),
      allowed,
    );
    expect(uneven.jitter).toBeCloseTo(30);
    expect(uneven.excess).toBeLessThanOrEqual(0);
    expect(
      rateOf(
        leaving(90),
        later(leaving(90), (call) => (call % 2 ? 1 : 31)),
        allowed,
      ).excess,
    ).toBeGreaterThan(0.5);
  });

  it('tells how much longer than necessary it took', () => {
    const calls = leaving(105);
    expect(
      rateOf(
        calls,
        later(calls, () => 2),
        allowed,
      ).slower,
    ).toBeCloseTo(5);
  });

  it('counts calls that came out of order, but for those that left together', () => {
    const swapped = (one: number, other: number) =>
      leaving(100).map(({ call, at }) => ({ call: call === one ? other : call === other ? one : call, at }));
    const overtaken = (calls: Passage[]) =>
      rateOf(
        calls,
        later(calls, () => 2),
        allowed,
      ).overtaken;
    expect(overtaken(swapped(0, 3))).toBe(0);
    expect(overtaken(swapped(3, 4))).toBe(2);
    expect(overtaken(swapped(50, 51))).toBe(2);
  });

  it('is no number where a call never came', () => {
    const calls = leaving(100);
    const { took, excess } = rateOf(calls, [], allowed);
    expect([took, excess]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});
