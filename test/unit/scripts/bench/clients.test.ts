import { expect, it } from 'vitest';
import { asIfTogether } from '../../../../scripts/bench/measure-clients.js';

it('a client that was measured apart is told in the time of the others, by the one that is in both', () => {
  const rounds = (...times: number[]) => times.map((time) => ({ time, cpu: time / 2 }));
  // The machine was twice as fast for those apart, and as fast in the second round.
  const together = { both: rounds(100, 100), ours: rounds(90, 90) };
  const apart = { both: rounds(50, 100), theirs: rounds(70, 140) };
  expect(asIfTogether(apart, together, 'both')).toEqual({ theirs: rounds(140, 140) });
});
