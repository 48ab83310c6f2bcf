export const readmeFile = 'README.md';

/** A part of the README that a script writes, between two lines of its own. */
export interface Section {
  readonly start: string;
  readonly end: string;
}

/** The part called `name`, which `command` writes. */
export function section(name: string, command: string): Section {
  return { start: `<!-- ${name}:start (written by ${command}) -->`, end: `<!-- ${name}:end -->` };
}

/** The README with another content of this part; undefined where it lacks the lines. All the rest of it is as it was. */
export function withSection(readme: string, { start, end }: Section, content: string): string | undefined {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end, from);
  if (from === -1 || to === -1) return undefined;
  return `${readme.slice(0, from + start.length)}\n${content}${readme.slice(to)}`;
}

/** A table of Markdown, the first row its head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
