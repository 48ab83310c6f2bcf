// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal.
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Untrusted text as one line of at most `longest` characters, without control characters. */
export function plain(text: string | null | undefined, longest = 60): string {
  // Dixa may return null for an absent value.
  const line = String(text ?? '')
    .replace(controls, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** JSON for programs. Control characters are escaped, so that a terminal does not act on them. */
export function printJson(value: unknown, conceal: (text: string) => string): string {
  const json = JSON.stringify(value, (_, item) => (typeof item === 'string' ? conceal(item) : item), 2);
  return json.replace(controls, (found) => (found === '\n' ? found : escaped(found)));
}

function escaped(text: string): string {
  // The line breaks left here are formatting: JSON has already escaped all others.
  return text.replace(/[^\n ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `1 subscription`, `2 subscriptions`, `2 deliveries`. */
export function count(many: number, noun: string): string {
  return `${many} ${many === 1 ? noun : `${noun}s`.replace(/ys$/, 'ies')}`;
}

/** Aligns rows in columns. `paint` styles a cell without changing its width. */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number) => string = (cell) => cell,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => paint(cell, column) + ' '.repeat((widths[column] ?? 0) - cell.length))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}
