/** The middle of a list of numbers. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The average of a list of numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
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
 * measured, round by round. The turns change as in a Williams design: within the rounds, each comes after each other one
 * about equally often, so that what one leaves behind is borne by all.
 */
export async function samplesByTurns<Name extends string, Sample>(
  candidates: Readonly<Record<Name, () => Sample | Promise<Sample>>>,
  rounds: number,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(candidates) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of inTurn(names, round)) samples[name].push(await candidates[name]());
  }
  return samples;
}

/**
 * The order of one round: first, last, second, last but one and so on, moved on by one each round; when all have begun a
 * round, the same in reverse.
 */
function inTurn<Name>(names: readonly Name[], round: number): Name[] {
  const count = names.length;
  const places = names.map((_, turn) => (turn % 2 ? count - (turn + 1) / 2 : turn / 2));
  const order = places.map((place) => names[(place + round) % count] as Name);
  return Math.floor(round / count) % 2 ? order.reverse() : order;
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
