import type { Passage } from './api.js';

/** What a limiter made of calls that were all asked for at once. */
export interface Rate {
  /** Seconds from the first arrival to the last. */
  readonly took: number;
  /** Percent that this is longer than a limiter without any loss would take. */
  readonly slower: number;
  /** The most requests of any window t above `burst + requestsPerSecond · t`. */
  readonly excess: number;
  /** How much longer the slowest delivery took than the fastest, in milliseconds. */
  readonly jitter: number;
  /** Calls that came elsewhere than in the order in which they were asked for. */
  readonly overtaken: number;
}

/** Timers and clocks are good to a millisecond. */
const CLOCK_MS = 1;

/**
 * Judges a limiter by when the server saw its requests. Each took its time to get there, so a window seen there may be
 * shorter than the one in which they left, by no more than the difference between two deliveries. That is measured, for
 * both ends read the same clock, and windows are judged longer by as much.
 */
export function rateOf(
  departures: readonly Passage[],
  arrivals: readonly Passage[],
  { requestsPerSecond, burst }: { readonly requestsPerSecond: number; readonly burst: number },
): Rate {
  const leftAt = new Map(departures.map(({ call, at }) => [call, at]));
  const seen = [...arrivals].sort((a, b) => a.at - b.at);
  const delays = seen.map(({ call, at }) => at - (leftAt.get(call) ?? Number.NaN));
  const jitter = Math.max(...delays) - Math.min(...delays);
  const took = ((seen.at(-1)?.at ?? Number.NaN) - (seen[0]?.at ?? Number.NaN)) / 1000;
  const ideal = (departures.length - burst) / requestsPerSecond;
  return {
    took,
    slower: (took / ideal - 1) * 100,
    excess: excessOf(seen, jitter + CLOCK_MS, requestsPerSecond, burst),
    jitter,
    // Those of the burst travel at the same time, each on a connection of its own.
    overtaken: seen.filter(({ call }, place) => call !== place && Math.max(call, place) >= burst).length,
  };
}

function excessOf(seen: readonly Passage[], toleranceMs: number, requestsPerSecond: number, burst: number): number {
  let most = -Infinity;
  seen.forEach((first, from) => {
    seen.slice(from).forEach((last, more) => {
      const seconds = (last.at - first.at + toleranceMs) / 1000;
      most = Math.max(most, more + 1 - burst - requestsPerSecond * seconds);
    });
  });
  return most;
}
