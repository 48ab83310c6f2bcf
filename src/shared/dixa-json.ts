/** JSON of a value, printed as Dixa prints the body of a delivery. */
export function printAsDixa(value: unknown): string {
  return spaceAsDixa(JSON.stringify(value));
}

/**
 * JSON text in the spacing of Dixa's deliveries: two spaces, a space before each colon, empty arrays on two lines
 * (observed). How Dixa prints an empty object is not known. Only the white space between tokens changes: parsing and
 * printing would also change numbers such as `1.0`, escapes and the order of keys. It expects valid JSON.
 */
export function spaceAsDixa(json: string): string {
  let spaced = '';
  let newLine = '\n';
  // What to write before the next token, unless that ends an object or an array.
  let gap = '';
  for (let at = 0, end = 0; at < json.length; at = end) {
    const char = json.charAt(at);
    end = char === '"' ? endOfString(json, at) : at + 1;
    if (char === '}' || char === ']') {
      newLine = newLine.slice(0, -2);
      spaced += newLine + char;
      gap = '';
    } else if (char === ',') {
      spaced += char;
      gap = newLine;
    } else if (char === ':') {
      gap = ' : ';
    } else if (char > ' ') {
      spaced += gap + json.slice(at, end);
      gap = '';
      if (char === '{' || char === '[') gap = newLine += '  ';
    }
  }
  return spaced;
}

/** Where the string that begins at `start` has ended. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
