/** JSON as Dixa prints it: two spaces, a space before each colon, empty arrays on two lines. */
export function printAsDixa(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `\n${inner}${printAsDixa(item, inner)}`);
    return `[${items.join(',')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `\n${inner}"${key}" : ${printAsDixa(field, inner)}`);
    return `{${fields.join(',')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
