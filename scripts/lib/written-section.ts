/** A part of a hand-written file that a script writes, between two lines of its own. */
export interface Section {
  readonly start: string;
  readonly end: string;
}

/** The part called `name`, which `command` writes. */
export function section(name: string, command: string): Section {
  return { start: `<!-- ${name}:start (written by ${command}) -->`, end: `<!-- ${name}:end -->` };
}

/** What the part holds; undefined where the text lacks the lines. */
export function contentOf(text: string, part: Section): string | undefined {
  const range = rangeOf(text, part);
  return range && text.slice(...range);
}

/** The text with another content of this part; undefined where it lacks the lines. All the rest of it is as it was. */
export function withSection(text: string, part: Section, content: string): string | undefined {
  const range = rangeOf(text, part);
  return range && `${text.slice(0, range[0])}${content}${text.slice(range[1])}`;
}

/** From after the line that begins the part to before the one that ends it. */
function rangeOf(text: string, { start, end }: Section): [from: number, to: number] | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  return from === -1 || to === -1 ? undefined : [from + `${start}\n`.length, to];
}
