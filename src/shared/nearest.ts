/** Finds a similar name: one that differs in one place by at most two letters. Only letters count, ignoring case. */
export function nearest(name: unknown, names: readonly string[]): string | undefined {
  const wanted = letters(String(name));
  return names.find((known) => differ(letters(known), wanted) <= 2);
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The length of the longer text without the common prefix and suffix. */
function differ(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end;
}
