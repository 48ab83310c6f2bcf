/** The levels of a change, from lowest to highest. */
const levels = ['patch', 'minor', 'major'] as const;
export type Level = (typeof levels)[number];

/** One change that users may notice. */
export interface Finding {
  readonly level: Level;
  /** The pointer, file or export. */
  readonly where: string;
  readonly what: string;
  /** Whether it is a change in code that is generated from the contract. */
  readonly isGenerated?: boolean | undefined;
}

/** The findings, worst first. */
export const sorted = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));

/** The highest level, or undefined if there are no findings. */
export const highest = (findings: readonly Finding[]): Level | undefined => sorted(findings)[0]?.level;
