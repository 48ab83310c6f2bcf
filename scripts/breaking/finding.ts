/** How much of a version a change takes, the least first. */
export const levels = ['patch', 'minor', 'major'] as const;
export type Level = (typeof levels)[number];

/** One change that somebody outside may notice. */
export interface Finding {
  readonly level: Level;
  /** The pointer, file or export. */
  readonly where: string;
  /** What changed, and why it is as much as `level` says. */
  readonly what: string;
}

/** The highest level; undefined where nothing was found. */
export function highest(findings: readonly Finding[]): Level | undefined {
  return levels[Math.max(...findings.map(({ level }) => levels.indexOf(level)))];
}
