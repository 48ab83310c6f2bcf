import { describe, expect, it } from 'vitest';
import { samplesByTurns } from '../../../../scripts/bench/rounds.js';

/** Who comes right after whom, and how often, when so many contenders measure for so many rounds. */
async function successions(count: number, rounds: number): Promise<Map<string, number>> {
  const turns: string[] = [];
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  const measure = (name: string) => () => Math.ceil(turns.push(name) / count);
  const samples = await samplesByTurns(Object.fromEntries(names.map((name) => [name, measure(name)])), rounds);
  // Each measures once in every round.
  const everyRound = Array.from({ length: rounds }, (_, round) => round + 1);
  for (const name of names) expect(samples[name]).toEqual(everyRound);
  const pairs = turns.flatMap((name, turn) => (turn % count ? [`${turns[turn - 1]} ${name}`] : []));
  return pairs.reduce((counts, pair) => counts.set(pair, (counts.get(pair) ?? 0) + 1), new Map<string, number>());
}

describe('the turns of contenders', () => {
  it.each([2, 3, 4, 5, 7, 8])('let each of %i come after each other one equally often', async (count) => {
    const counts = await successions(count, 2 * count);
    expect(counts.size).toBe(count * (count - 1));
    expect(new Set(counts.values())).toEqual(new Set([2]));
  });

  it('let a single one measure alone', async () => {
    expect(await samplesByTurns({ only: () => 1 }, 3)).toEqual({ only: [1, 1, 1] });
  });
});
