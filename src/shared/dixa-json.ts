/**
 * JSON as Dixa prints the body of a delivery: two spaces, a space before each colon, empty arrays on two lines (observed).
 * How it prints an empty object is not known.
 */
export function printAsDixa(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `\n${inner}${printAsDixa(item ?? null, inner)}`);
    return `[${items.join(',')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => `\n${inner}${JSON.stringify(key)} : ${printAsDixa(field, inner)}`);
    return `{${fields.join(',')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
