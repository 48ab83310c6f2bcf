/** The measurements of each contender, by round. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** A summary of several rounds. */
export type Spread = Readonly<Record<'median' | 'min' | 'max', number>>;

export function spreadOf(numbers: readonly number[] = []): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

/** The ratio of two costs, by round, so that a slow minute of the machine affects both. */
export function ratioOf(samples: Samples, name: string, base: string): Spread {
  return spreadOf(samples[name]?.map((cost, round) => cost / (samples[base]?.[round] ?? Number.NaN)));
}

/** Whether the cost is more or less in every round, or level if the rounds disagree. */
export function verdictOf({ min, max }: Spread): 'more' | 'level' | 'less' {
  if (min > 1) return 'more';
  return max < 1 ? 'less' : 'level';
}

/** `1.02 (0.98–1.05)`, without a range if all values are equal. */
export function withRange({ median, min, max }: Spread, format: (value: number) => string): string {
  return min === max ? format(median) : `${format(median)} (${format(min)}–${format(max)})`;
}

export const ratio = (value: number) => value.toFixed(2);

/** A number with about three digits. */
export function figure(value: number): string {
  const digits = Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
