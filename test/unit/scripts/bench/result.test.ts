import { describe, expect, it } from 'vitest';
import { type BenchRow, noiseOf, rowOf, rowsOf, speedOver } from '../../../../scripts/bench/result.js';

it('a row has the medians of its rounds, and the mean that tells what falls on few of them', () => {
  const samples = [100, 101, 102, 103, 204].map((time) => ({ time, cpu: time / 2 }));
  const { values, spread } = rowOf('a client', ['time', 'mean', 'cpu'], samples);
  expect(values).toEqual({ time: 102, mean: 122, cpu: 51 });
  expect(spread).toBeCloseTo(1 / 102);
});

it('a row of one round has no spread', () => {
  const { values, spread } = rowOf('a client', ['time', 'mean'], [{ time: 100 }]);
  expect(values).toEqual({ time: 100, mean: 100 });
  expect(spread).toBeUndefined();
});

it('a row of several processes has the medians of theirs', () => {
  const first = { ours: [3, 1, 2].map((time) => ({ time, cpu: 10 * time })) };
  const second = { ours: [{ time: 6, cpu: 8 }] };
  const wanted = ['time', 'mean', 'cpu'] as const;
  expect(rowsOf(wanted, [first, second])).toEqual([
    { name: 'ours', values: { time: 4, mean: 3, cpu: 14 }, rounds: [first.ours, second.ours], spread: 0.25 },
  ]);
  expect(rowsOf(wanted, [first])).toEqual([rowOf('ours', wanted, first.ours)]);
});

it('what is compared are rounds, and of several processes the mean of what theirs compare to', () => {
  const timed = (...times: number[]) => times.map((time) => ({ time }));
  const speed = (ours: ReturnType<typeof timed>[], theirs: ReturnType<typeof timed>[]) => {
    const rows = [rowOf('ours', ['time'], ...ours), rowOf('theirs', ['time'], ...theirs)];
    return speedOver({ section: 'client', name: '', rows }, 'ours', 'theirs', 'time');
  };
  // The ratio of the medians would be 6.
  const ours = timed(100, 100, 300);
  const theirs = timed(200, 600, 600);
  expect(speed([ours], [theirs])).toBe(2);
  const even = timed(100, 100);
  expect(speed([ours, even, even], [theirs, timed(200, 200), timed(800, 800)])).toBe(4);
});

/** Numbers from 0 to 1 that look like chance, the same each time. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** How often what chance may do holds what is true, of measurements that are made of numbers around 100. */
function shareThatHolds(
  count: number,
  roundsOf: (numbers: readonly number[]) => NonNullable<BenchRow['rounds']>,
): number {
  const next = numbers();
  const about100 = () => 100 + Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const measured = (name: string, number: () => number): BenchRow => ({
    name,
    values: {},
    rounds: roundsOf(Array.from({ length: count }, number)),
  });
  const bare = measured('bare', () => 100);
  const holds = Array.from({ length: 2_000 }, () => {
    const result = { section: 'client', name: '', rows: [bare, measured('ours', about100)] } as const;
    return Math.abs(speedOver(result, 'ours', 'bare', 'time') - 1) <= noiseOf(result, 'ours', 'bare', 'time');
  });
  return holds.filter(Boolean).length / holds.length;
}

describe.each([
  { of: 'rounds', counts: [3, 6, 16, 61], roundsOf: (times: readonly number[]) => [times.map((time) => ({ time }))] },
  { of: 'processes', counts: [3, 6, 16], roundsOf: (times: readonly number[]) => times.map((time) => [{ time }]) },
])('what chance may do to $of', ({ counts, roundsOf }) => {
  it.each(counts)('holds what is true about 9 times out of 10, where they are %i', (count) => {
    const share = shareThatHolds(count, roundsOf);
    expect(share).toBeGreaterThan(0.87);
    expect(share).toBeLessThan(0.95);
  });
});
