import { expect, it } from 'vitest';
import { rowOf } from '../../../scripts/lib/bench-result.js';

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
