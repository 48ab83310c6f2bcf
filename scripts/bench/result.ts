import { mean, median, quantile } from './rounds.js';

/** Contenders at one piece of work. */
export interface BenchCase {
  readonly section: SectionName;
  /** What is worked on, such as a body of `1 kB`. */
  readonly name: string;
  readonly rows: readonly BenchRow[];
}

/** What one of them measured, by the columns of its section. */
export interface BenchRow {
  readonly name: string;
  readonly values: Readonly<Partial<Record<ColumnName, number>>>;
  /** What each process measured, round by round: what is compared with other rows. */
  readonly rounds?: readonly (readonly Sample[])[];
  /** Of the first column: half the distance between the quartiles, as a share of the median. */
  readonly spread?: number;
}

/** What is measured: its title, its unit, and how many decimals are worth reading. */
export const columns = {
  time: { title: 'time', unit: 'µs', decimals: 1 },
  mean: { title: 'mean', unit: 'µs', decimals: 1 },
  cpu: { title: 'CPU', unit: 'µs', decimals: 1 },
  rate: { title: 'rate', unit: '/s', decimals: 0 },
  p50: { title: 'p50', unit: 'ms', decimals: 2 },
  p99: { title: 'p99', unit: 'ms', decimals: 2 },
  peak: { title: 'peak memory', unit: 'MB', decimals: 0 },
  growth: { title: 'heap growth', unit: 'B/call', decimals: 1 },
  bundle: { title: 'min + gzip', unit: 'B', decimals: 0 },
  load: { title: 'import', unit: 'ms', decimals: 1 },
  installed: { title: 'installed', unit: 'kB', decimals: 0 },
  dependencies: { title: 'dependencies', unit: '', decimals: 0 },
  instantiations: { title: 'instantiations', unit: '', decimals: 0 },
  typecheck: { title: 'type check', unit: 'ms', decimals: 0 },
  took: { title: 'took', unit: 's', decimals: 2 },
  slower: { title: 'over the ideal', unit: '%', decimals: 2 },
  excess: { title: 'over 4 + 10·t', unit: 'requests', decimals: 3 },
  jitter: { title: 'delivery jitter', unit: 'ms', decimals: 2 },
  overtaken: { title: 'out of order', unit: '', decimals: 0 },
  heap: { title: 'heap', unit: 'kB', decimals: 0 },
  perKey: { title: 'memory', unit: 'B/key', decimals: 0 },
} as const satisfies Record<string, { title: string; unit: string; decimals: number }>;

export type ColumnName = keyof typeof columns;

/** A column that is measured, not made of another. */
export type SampledColumn = Exclude<ColumnName, 'mean'>;

/** What is measured in one go. The first column is the one whose ratios are shown. */
interface Section {
  readonly title: string;
  readonly columns: readonly [SampledColumn, ...ColumnName[]];
  /** The row that the others are compared with; none where a ratio would say nothing. */
  readonly base?: string;
}

/** Columns in which more is better. */
const moreIsBetter: readonly SampledColumn[] = ['rate'];

/** The sections, in the order in which they are measured. */
export const sections = {
  client: { title: 'Client: one call in memory', columns: ['time', 'mean'], base: 'openapi-fetch' },
  'client-http': {
    title: 'Client: one call over loopback HTTP',
    columns: ['time', 'mean', 'cpu'],
    base: 'openapi-fetch',
  },
  scale: { title: 'Client: thousands of calls over loopback HTTP', columns: ['rate', 'p50', 'p99', 'peak', 'growth'] },
  limit: { title: 'Client: its own rate', columns: ['took', 'slower', 'excess', 'jitter', 'overtaken'] },
  verify: { title: 'Receiver: verify', columns: ['time', 'mean'], base: 'createHmac, the bare minimum' },
  parse: { title: 'Receiver: verify and parse', columns: ['time', 'mean'], base: 'createHmac and JSON.parse' },
  http: {
    title: 'Receiver: over loopback HTTP',
    columns: ['rate', 'p99', 'cpu'],
    base: 'node:http, hand-written',
  },
  size: {
    title: 'Size and start',
    columns: ['bundle', 'load', 'installed', 'dependencies', 'instantiations', 'typecheck'],
  },
  growth: { title: 'Growth', columns: ['cpu', 'perKey', 'heap'] },
  pipeline: { title: 'Pipeline', columns: ['took'] },
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;

export const sectionNames = Object.keys(sections) as SectionName[];

/** A section by its name, with all that one may have. */
export function sectionOf(name: SectionName): Section {
  return sections[name];
}

/** Many short rounds: what else the machine does then falls on few of them, or on all contenders. */
export interface Rounds {
  readonly count: number;
  /** How long each contender is measured in a round, in milliseconds. */
  readonly ms: number;
  /** How long it runs before the first, until it is compiled; clients that share a process share it. */
  readonly warmUpMs: number;
}

/** Rounds in several processes, one after another: what V8 makes of the same code differs from process to process. */
export interface ProcessRounds extends Rounds {
  readonly processes: number;
}

/** Takes each case as soon as it is measured. */
export type OnCase = (result: BenchCase) => void;

/** What was measured in one round, by columns. */
export type Sample = Readonly<Partial<Record<SampledColumn, number>>>;

/**
 * A row of what processes measured, round by round: the mean of the first column over all rounds, in which what falls on few
 * of them shows, such as garbage collection, and the medians of all columns and the spread of the first. Those are of the
 * processes' own medians; of one process, of its rounds.
 */
export function rowOf(name: string, wanted: readonly ColumnName[], ...rounds: (readonly Sample[])[]): BenchRow {
  const [first] = wanted;
  const samples = rounds.length > 1 ? rounds.map(mediansOf) : rounds.flat();
  const listOf = (column: ColumnName | undefined, from: readonly Sample[]) =>
    from.map((one) => (column && column !== 'mean' ? one[column] : undefined) ?? Number.NaN);
  const figure = (column: ColumnName) =>
    column === 'mean' ? mean(listOf(first, rounds.flat())) : median(listOf(column, samples));
  const values = Object.fromEntries(wanted.map((column) => [column, figure(column)]));
  if (samples.length < 2) return { name, values };
  const sampled = listOf(first, samples);
  return { name, values, rounds, spread: (quantile(sampled, 0.75) - quantile(sampled, 0.25)) / 2 / median(sampled) };
}

/** The rows of contenders that were measured in several processes, of which each has given all rounds by their names. */
export function rowsOf(
  wanted: readonly ColumnName[],
  processes: readonly Readonly<Record<string, readonly Sample[]>>[],
): BenchRow[] {
  return Object.keys(processes[0] ?? {}).map((name) => rowOf(name, wanted, ...processes.map((one) => one[name] ?? [])));
}

/** One sample of several: of each column, the middle. */
function mediansOf(samples: readonly Sample[]): Sample {
  const measured = Object.keys(samples[0] ?? {}) as SampledColumn[];
  return Object.fromEntries(
    measured.map((column) => [column, median(samples.map((one) => one[column] ?? Number.NaN))]),
  );
}

/** What a row measured. */
export function figureOf({ rows }: BenchCase, name: string, column: ColumnName): number {
  return rows.find((row) => row.name === name)?.values[column] ?? Number.NaN;
}

/**
 * How many times as good one is as another: as fast, or as small. The median of the rounds' own ratios, for what slows the
 * machine down for some rounds falls on both; of several processes, the mean of theirs.
 */
export function speedOver(result: BenchCase, name: string, other: string, column: SampledColumn): number {
  const ratios = ratiosOf(result, name, other, column);
  return ratios.length > 1 ? mean(ratios.map(median)) : median(ratios.flat());
}

/** By what share that may be off by chance: 9 times out of 10 the true one is no further away. */
export function noiseOf(result: BenchCase, name: string, other: string, column: SampledColumn): number {
  const ratios = ratiosOf(result, name, other, column);
  return ratios.length > 1 ? noiseOfMean(ratios.map(median)) : noiseOfMedian(ratios.flat());
}

/** By Student's t, near enough from three on. */
function noiseOfMean(numbers: readonly number[]): number {
  const middle = mean(numbers);
  const freedom = numbers.length - 1;
  const variance = (mean(numbers.map((number) => (number - middle) ** 2)) * numbers.length) / freedom;
  return (1.645 * (1 + 1.2 / freedom) * Math.sqrt(variance / numbers.length)) / middle;
}

/** By half of its notch. Quartiles of few numbers tell too little, so those get a wider one. */
function noiseOfMedian(numbers: readonly number[]): number {
  const notch = (1.57 * (quantile(numbers, 0.75) - quantile(numbers, 0.25))) / Math.sqrt(numbers.length);
  return (notch * (1 + 3 / numbers.length)) / median(numbers);
}

/** How many times as good in each round of each process. */
function ratiosOf({ rows }: BenchCase, name: string, other: string, column: SampledColumn): number[][] {
  const [mine = [], theirs = []] = [name, other].map((wanted) => {
    const row = rows.find((each) => each.name === wanted);
    return row?.rounds ?? [[row?.values ?? {}]];
  });
  return mine.map((rounds, process) =>
    rounds.map((sample, round) => {
      const ratio = (sample[column] ?? Number.NaN) / (theirs[process]?.[round]?.[column] ?? Number.NaN);
      return moreIsBetter.includes(column) ? ratio : 1 / ratio;
    }),
  );
}
