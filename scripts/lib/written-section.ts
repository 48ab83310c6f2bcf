/** A part of a hand-written file that a script writes, between two lines of its own. */
export interface Section {
  readonly start: string;
  readonly end: string;
}

/** The part called `name`, which `command` writes. */
export function section(name: string, command: string): Section {
  return { start: `<!-- ${name}:start (written by ${command}) -->`, end: `<!-- ${name}:end -->` };
}

/** The text with another content of this part; undefined where it lacks the lines. All the rest of it is as it was. */
export function withSection(text: string, { start, end }: Section, content: string): string | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) return undefined;
  return `${text.slice(0, from + start.length)}\n${content}${text.slice(to)}`;
}
