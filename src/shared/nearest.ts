/** The name that is most like another, if any is at all like it: letters alone count, and one in four may differ. */
export function nearest(name: unknown, names: readonly string[]): string | undefined {
  const wanted = letters(String(name));
  const [best] = names
    .map((known) => ({ known, distance: distance(wanted, letters(known)) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= wanted.length / 4 ? best.known : undefined;
}

function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .slice(0, 50);
}

/** How many letters must be inserted, removed or replaced (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const isEqual = a[i] === b[j] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + isEqual, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
