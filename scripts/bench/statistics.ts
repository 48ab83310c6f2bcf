import type { Samples } from './harness.js';

/** What several rounds measured. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(numbers: readonly number[] = []): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}

/** How many times as much one costs as another, round by round: a slow minute of the machine affects both. */
export function ratioOf(samples: Samples, name: string, base: string): Spread {
  return spreadOf(samples[name]?.map((cost, round) => cost / (samples[base]?.[round] ?? Number.NaN)));
}

/** Whether something costs more or less in every round; level if the rounds disagree, nothing if it was not measured. */
export function verdictOf({ min, max }: Spread): 'more' | 'level' | 'less' | undefined {
  if (min > 1) return 'more';
  if (max < 1) return 'less';
  return min <= 1 ? 'level' : undefined;
}

/** `1.02 (0.98–1.05)`; a single figure has no range. */
export function withRange({ median, min, max }: Spread, format: (value: number) => string): string {
  if (Number.isNaN(median)) return '–';
  return min === max ? format(median) : `${format(median)} (${format(min)}–${format(max)})`;
}

export const ratio = (value: number) => value.toFixed(2);

/** About three digits. */
export function figure(value: number): string {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
