import { median, quantile } from './rounds.js';

/** Contenders at one piece of work. */
export interface BenchCase {
  readonly section: SectionName;
  /** What is worked on, such as a body of `1 kB`. */
  readonly name: string;
  readonly rows: readonly BenchRow[];
}

/** What one of them measured. */
export interface BenchRow {
  readonly name: string;
  readonly median: number;
  /** Half the distance between the quartiles, as a share of the median. */
  readonly spread: number;
  /** In milliseconds, over HTTP. */
  readonly p99?: number;
}

/** The sections, in the order in which they are measured: their titles, and whether more is better. */
export const sections = {
  verify: { title: 'Receiver: verify', unit: 'µs', moreIsBetter: false },
  parse: { title: 'Receiver: verify and parse', unit: 'µs', moreIsBetter: false },
  http: { title: 'Receiver: over HTTP', unit: 'requests/s', moreIsBetter: true },
} as const;

export type SectionName = keyof typeof sections;

export const sectionNames = Object.keys(sections) as SectionName[];

/** How thoroughly to measure. */
export interface Effort {
  readonly memory: Rounds;
  readonly http: Rounds;
}

/** Many short rounds: what else the machine does then falls on few of them, or on all contenders. */
export interface Rounds {
  readonly count: number;
  /** How long each contender is measured in a round, in milliseconds. */
  readonly ms: number;
}

/** A row of what was measured round by round. */
export function rowOf(name: string, samples: readonly number[]): BenchRow {
  const middle = median(samples);
  return { name, median: middle, spread: (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 / middle };
}

/** How many times as fast one is as another. */
export function speedOver({ section, rows }: BenchCase, name: string, other: string): number {
  const [mine = Number.NaN, theirs = Number.NaN] = [name, other].map(
    (wanted) => rows.find((row) => row.name === wanted)?.median,
  );
  return sections[section].moreIsBetter ? mine / theirs : theirs / mine;
}
