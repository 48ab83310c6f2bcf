import { expect, it } from 'vitest';
import { type BenchRow, noiseOf, rowOf, rowsOf, speedOver } from '../../../scripts/lib/bench-result.js';

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

it('what is compared are rounds, and of several processes the medians of what their rounds compare to', () => {
  const timed = (...times: number[]) => times.map((time) => ({ time }));
  const compare = (ours: BenchRow, theirs: BenchRow) => {
    const result = { section: 'client', name: '', rows: [ours, theirs] } as const;
    return [speedOver(result, 'ours', 'theirs', 'time'), noiseOf(result, 'ours', 'theirs', 'time')];
  };
  const rowWith = (name: string, ...rounds: ReturnType<typeof timed>[]) => rowOf(name, ['time'], ...rounds);
  // The ratio of the medians of the first process would be 6.
  const ours = [timed(100, 100, 300), timed(100, 100), timed(100, 100)];
  const theirs = [timed(200, 600, 600), timed(300, 300), timed(400, 400)];
  const [inOne] = compare(rowWith('ours', ours[0] ?? []), rowWith('theirs', theirs[0] ?? []));
  expect(inOne).toBe(2);
  const [speed, noise] = compare(rowWith('ours', ...ours), rowWith('theirs', ...theirs));
  expect(speed).toBe(3);
  // Of 2, 3 and 4 the quartiles are 1 apart.
  expect(noise).toBeCloseTo(((1.57 / Math.sqrt(3)) * 2) / 3);
});

/** Numbers from 0 to 1 that look like chance, the same each time. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

it.each([3, 6, 16, 61])('what chance may do to %i samples holds what is true about 9 times out of 10', (count) => {
  const next = numbers();
  const about100 = () => 100 + Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const bare = { name: 'bare', values: {}, rounds: [Array.from({ length: count }, () => ({ time: 100 }))] };
  const holds = Array.from({ length: 2_000 }, () => {
    const rounds = [Array.from({ length: count }, () => ({ time: about100() }))];
    const result = { section: 'client', name: '', rows: [bare, { name: 'ours', values: {}, rounds }] } as const;
    return Math.abs(speedOver(result, 'ours', 'bare', 'time') - 1) <= noiseOf(result, 'ours', 'bare', 'time');
  });
  const share = holds.filter(Boolean).length / holds.length;
  expect(share).toBeGreaterThan(0.87);
  expect(share).toBeLessThan(0.95);
});
