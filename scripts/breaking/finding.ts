/** How much of a version a change takes, the least first. */
export const levels = ['patch', 'minor', 'major'] as const;
export type Level = (typeof levels)[number];

/** One change that users may notice. */
export interface Finding {
  readonly level: Level;
  /** The pointer, file or export. */
  readonly where: string;
  /** What changed, and why it has this level. */
  readonly what: string;
  /** Whether it is a change of code that is generated from the contract. */
  readonly isGenerated?: boolean;
}

/** Whether a level is at least as high as another. */
export const isAtLeast = (level: Level, other: Level): boolean => levels.indexOf(level) >= levels.indexOf(other);

/** The highest level; undefined if there are no findings. */
export function highest(findings: readonly Finding[]): Level | undefined {
  return levels[Math.max(...findings.map(({ level }) => levels.indexOf(level)))];
}
