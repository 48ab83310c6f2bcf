import { expect, it } from 'vitest';
import { noiseOf, rowOf, rowsOf, speedOver } from '../../../scripts/lib/bench-result.js';

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

it('what is compared are the medians of the processes, of one process its rounds', () => {
  const first = { ours: [3, 1, 2].map((time) => ({ time, cpu: 10 * time })) };
  const second = { ours: [{ time: 6, cpu: 8 }] };
  const wanted = ['time', 'mean', 'cpu'] as const;
  expect(rowsOf(wanted, [first, second])).toEqual([
    {
      name: 'ours',
      values: { time: 4, mean: 3, cpu: 14 },
      samples: [
        { time: 2, cpu: 20 },
        { time: 6, cpu: 8 },
      ],
      spread: 0.25,
    },
  ]);
  expect(rowsOf(wanted, [first])).toEqual([rowOf('ours', wanted, first.ours)]);
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
  const bare = { name: 'bare', values: {}, samples: Array.from({ length: count }, () => ({ time: 100 })) };
  const holds = Array.from({ length: 2_000 }, () => {
    const samples = Array.from({ length: count }, () => ({ time: about100() }));
    const result = { section: 'client', name: '', rows: [bare, { name: 'ours', values: {}, samples }] } as const;
    return Math.abs(speedOver(result, 'ours', 'bare', 'time') - 1) <= noiseOf(result, 'ours', 'bare', 'time');
  });
  const share = holds.filter(Boolean).length / holds.length;
  expect(share).toBeGreaterThan(0.87);
  expect(share).toBeLessThan(0.95);
});
