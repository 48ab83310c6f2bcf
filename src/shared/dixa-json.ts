/** Prints a value as JSON, formatted like the body of a delivery from Dixa. */
export function printAsDixa(value: unknown): string {
  return spaceAsDixa(JSON.stringify(value));
}

/**
 * Formats JSON text like Dixa's deliveries: two spaces of indentation, a space before each colon, empty arrays on two lines
 * (observed). How Dixa prints an empty object is unknown. Only white space between tokens changes: parsing and printing
 * would also change numbers such as `1.0`, escapes and the order of keys. The JSON must be valid.
 */
export function spaceAsDixa(json: string): string {
  let spaced = '';
  let newLine = '\n';
  // The white space before the next token, unless that ends an object or an array.
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

/** The index after the string that starts at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
