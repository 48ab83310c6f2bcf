import { describe, expect, it } from 'vitest';
import { judge, outcomeOf, type Verdict } from '../../../../scripts/bench/claims.js';
import type { BenchCase, BenchRow } from '../../../../scripts/bench/result.js';

const row = (name: string, values: BenchRow['values']): BenchRow => ({ name, values });

const called = (name: string, ours: number, bare = 100): BenchCase => ({
  section: 'client',
  name,
  rows: [row('openapi-fetch', { time: bare }), row('dixa-webhooks', { time: ours })],
});

const isReached = (verdict: Verdict) => outcomeOf(verdict) === 'reached';

const first = (...results: BenchCase[]) => {
  const [verdict] = judge(results);
  if (!verdict) throw new Error('Nothing is claimed of this.');
  return verdict;
};

describe('a claim', () => {
  it('is held against the case in which it fares worst', () => {
    const verdict = first(called('get (GET)', 110), called('create (POST)', 131));
    expect(verdict).toMatchObject({ worst: 'create (POST)', limit: '≤ 1.3 ×' });
    expect(verdict.measured).toBeCloseTo(1.31);
    expect(isReached(verdict)).toBe(false);
    expect(isReached(first(called('get (GET)', 110), called('create (POST)', 129)))).toBe(true);
  });

  it('is about the rounds’ own ratios, so that what slows down some rounds falls on both', () => {
    const measured = (name: string, ...times: number[]): BenchRow => ({
      name,
      values: { time: Number.NaN },
      rounds: [times.map((time) => ({ time }))],
    });
    const rows = [measured('openapi-fetch', 100, 300, 300), measured('dixa-webhooks', 110, 110, 330)];
    expect(first({ section: 'client', name: 'get (GET)', rows }, called('create (POST)', 90)).measured).toBeCloseTo(
      1.1,
    );
  });

  it('is too close to call where chance could move it over the limit, either way', () => {
    const inRounds = (name: string, times: readonly number[]): BenchRow => ({
      name,
      values: {},
      rounds: [times.map((time) => ({ time }))],
    });
    const outcome = (times: readonly number[]) => {
      const bare = inRounds(
        'openapi-fetch',
        times.map(() => 100),
      );
      const rows = [bare, inRounds('dixa-webhooks', times)];
      return outcomeOf(first({ section: 'client', name: 'get (GET)', rows }, called('create (POST)', 50)));
    };
    expect(outcome([110, 120, 125, 130, 140])).toBe('too close to call');
    expect(outcome([110, 130, 135, 140, 150])).toBe('too close to call');
    expect(outcome([124, 125, 125, 126, 127])).toBe('reached');
    expect(outcome([140, 141, 141, 142, 143])).toBe('NOT REACHED');
  });

  it('is not reached where a figure is missing, whatever the other cases say', () => {
    for (const others of [[], [called('create (POST)', Number.NaN)]]) {
      const verdict = first(called('get (GET)', 110), ...others);
      expect(isReached(verdict)).toBe(false);
      expect(verdict.worst).toBe('create (POST)');
    }
  });

  it('on a speed takes more for better where a rate is measured, and less where a time is', () => {
    const served = (rate: number, cpu: number) =>
      ['1 kB', '10 kB'].map((name): BenchCase => {
        const byHand = row('node:http, hand-written', { rate: 1_000, cpu: 100 });
        return { section: 'http', name, rows: [byHand, row('dixa-webhooks toNodeListener', { rate, cpu })] };
      });
    const reached = (results: readonly BenchCase[]) =>
      judge(results)
        .filter(({ claim }) => claim.includes('hand-written'))
        .map(isReached);
    expect(reached(served(950, 105))).toEqual([true, true]);
    expect(reached(served(890, 105))).toEqual([false, true]);
    expect(reached(served(950, 112))).toEqual([true, false]);
  });

  it('on one figure is held against that figure', () => {
    const limited = (excess: number): BenchCase => ({
      section: 'limit',
      name: 'all calls asked for at once',
      rows: [row('dixa-webhooks', { slower: 0.1, excess, overtaken: 0 })],
    });
    expect(judge([limited(0)]).map(isReached)).toEqual([true, true, true]);
    expect(judge([limited(0.01)]).map(isReached)).toEqual([true, false, true]);
  });
});
