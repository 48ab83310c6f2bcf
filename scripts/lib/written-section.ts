/** A generated part of a hand-written file, between two marker lines. */
export interface Section {
  readonly start: string;
  readonly end: string;
}

/** The part called `name`, written by `command`. */
export function section(name: string, command: string): Section {
  return { start: `<!-- ${name}:start (written by ${command}) -->`, end: `<!-- ${name}:end -->` };
}

/** The content of the part, or undefined if the text lacks the marker lines. */
export function contentOf(text: string, part: Section): string | undefined {
  const range = rangeOf(text, part);
  return range && text.slice(...range);
}

/** The text with new content for this part, or undefined if it lacks the marker lines. */
export function withSection(text: string, part: Section, content: string): string | undefined {
  const range = rangeOf(text, part);
  return range && `${text.slice(0, range[0])}${content}${text.slice(range[1])}`;
}

/** The range between the marker lines. */
function rangeOf(text: string, { start, end }: Section): [from: number, to: number] | undefined {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  return from === -1 || to === -1 ? undefined : [from + `${start}\n`.length, to];
}
