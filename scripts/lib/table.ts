/** A Markdown table. The first row is the header. Columns listed in `right` are right-aligned. */
export function markdownTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const [head = [], ...others] = rows;
  const rule = head.map((_, column) => (right.includes(column) ? '---:' : '---'));
  return [head, rule, ...others].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
