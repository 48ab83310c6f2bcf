import { expect, it } from 'vitest';
import { mediansOf, rowOf } from '../../../scripts/lib/bench-result.js';

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

it('the rounds of a process make one sample: of each column, the middle', () => {
  const samples = [
    { rate: 10, cpu: 3 },
    { rate: 30, cpu: 1 },
    { rate: 20, cpu: 9 },
  ];
  expect(mediansOf(samples)).toEqual({ rate: 20, cpu: 3 });
  expect(mediansOf(samples.slice(0, 1))).toEqual({ rate: 10, cpu: 3 });
});
