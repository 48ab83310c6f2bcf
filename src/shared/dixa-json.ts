/** JSON of a value, printed as Dixa prints the body of a delivery. */
export function printAsDixa(value: unknown): string {
  return spaceAsDixa(JSON.stringify(value));
}

/**
 * JSON text in the spacing of Dixa's deliveries: two spaces, a space before each colon, empty arrays on two lines
 * (observed). How Dixa prints an empty object is not known. Only white space between tokens changes, so that numbers,
 * escapes and the order of keys stay as they are, which parsing and printing would not promise. It expects valid JSON.
 */
export function spaceAsDixa(json: string): string {
  let spaced = '';
  let newLine = '\n';
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charAt(at);
    if (char === '"') {
      const end = endOfString(json, at);
      spaced += json.slice(at, end);
      at = end - 1;
    } else if (char === '{' || char === '[') {
      newLine += '  ';
      // What follows decides: an empty list has no line between its brackets.
      spaced += isClosing(json, at + 1) ? char : char + newLine;
    } else if (char === '}' || char === ']') {
      newLine = newLine.slice(0, -2);
      spaced += newLine + char;
    } else if (char === ',') {
      spaced += char + newLine;
    } else if (char === ':') {
      spaced += ' : ';
    } else if (!isSpace(char)) {
      spaced += char;
    }
  }
  return spaced;
}

/** Where the string that begins at `at` has ended. */
function endOfString(json: string, at: number): number {
  let end = at + 1;
  while (end < json.length && json.charAt(end) !== '"') end += json.charAt(end) === '\\' ? 2 : 1;
  return end + 1;
}

/** Whether the next token ends an object or an array. */
function isClosing(json: string, at: number): boolean {
  let next = at;
  while (isSpace(json.charAt(next))) next += 1;
  return json.charAt(next) === '}' || json.charAt(next) === ']';
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}
