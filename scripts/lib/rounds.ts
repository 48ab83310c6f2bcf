/** The middle of a list of numbers. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number below which a share of the numbers are, between two of them if need be. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(place)] ?? Number.NaN;
  const upper = sorted[Math.ceil(place)] ?? Number.NaN;
  return lower + (upper - lower) * (place % 1);
}

/**
 * Measures candidates by turns, so that what slows the machine down for a while slows them all, and gives what each
 * measured, round by round. Each round begins with another one, so that nobody keeps pace with what comes and goes.
 */
export async function samplesByTurns<Name extends string, Sample>(
  candidates: Readonly<Record<Name, () => Sample | Promise<Sample>>>,
  rounds: number,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(candidates) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    const first = round % names.length;
    const order = [...names.slice(first), ...names.slice(0, first)];
    for (const name of round % 2 ? order.reverse() : order) samples[name].push(await candidates[name]());
  }
  return samples;
}

/** Measures candidates by turns, and gives the median of each. */
export async function measureByTurns<Name extends string>(
  candidates: Readonly<Record<Name, () => number | Promise<number>>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const samples = await samplesByTurns(candidates, rounds);
  const medians = Object.entries<number[]>(samples).map(([name, numbers]) => [name, median(numbers)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}
