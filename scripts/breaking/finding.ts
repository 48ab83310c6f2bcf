/** How much of a version a change takes, the least first. */
const levels = ['patch', 'minor', 'major'] as const;
export type Level = (typeof levels)[number];

/** One change that users may notice. */
export interface Finding {
  readonly level: Level;
  /** The pointer, file or export. */
  readonly where: string;
  readonly what: string;
  /** Whether it is a change of code that is generated from the contract. */
  readonly isGenerated?: boolean | undefined;
}

/** The findings, the worst first. */
export const sorted = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));

/** The highest level; undefined if there are no findings. */
export const highest = (findings: readonly Finding[]): Level | undefined => sorted(findings)[0]?.level;
