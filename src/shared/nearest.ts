/** The name that differs from another in one place, by two letters at most. Only letters count, in any case. */
export function nearest(name: unknown, names: readonly string[]): string | undefined {
  const wanted = letters(String(name));
  return names.find((known) => differ(letters(known), wanted) <= 2);
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** How many letters are left of the longer one without the common beginning and the common end. */
function differ(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end;
}
