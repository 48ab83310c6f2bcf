/** The lines of a hand-written file that what a script writes stands between. */
export interface Markers {
  readonly start: string;
  readonly end: string;
}

/** The text with something else between its markers; undefined where it lacks them. */
export function replaceBetween(text: string, { start, end }: Markers, content: string): string | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) return undefined;
  return `${text.slice(0, from + start.length)}\n${content}${text.slice(to)}`;
}
