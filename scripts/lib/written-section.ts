import { ContractError } from './contract.js';

/** A generated part of a hand-written file, between two marker lines. */
export interface Section {
  readonly file: string;
  readonly start: string;
  readonly end: string;
}

/** The part of a file called `name`, written by `command`. */
export function section(file: string, name: string, command: string): Section {
  return { file, start: `<!-- ${name}:start (written by ${command}) -->`, end: `<!-- ${name}:end -->` };
}

/** The content of the part. */
export const contentOf = (text: string, part: Section): string => text.slice(...rangeOf(text, part));

/** The text with new content for this part. */
export function withSection(text: string, part: Section, content: string): string {
  const [from, to] = rangeOf(text, part);
  return `${text.slice(0, from)}${content}${text.slice(to)}`;
}

/** The range between the marker lines. */
function rangeOf(text: string, { file, start, end }: Section): [from: number, to: number] {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from !== -1 && to !== -1) return [from + `${start}\n`.length, to];
  throw new ContractError(`${file} must contain the lines "${start}" and "${end}".`);
}
