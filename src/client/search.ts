/** A longer value is found by its first characters, and as many characters as it has are taken for it. */
const ANCHOR = 64;

/** Limits the size of the table to 32 MiB. */
const MOST_CELLS = 2 ** 23;

/** Calls `found` for each place of a text where a value stands. */
export type Search = (text: string, found: (start: number, end: number) => void) => void;

/**
 * Prepares a search for all values in one pass (the algorithm of Aho and Corasick): the time it takes depends neither
 * on their number nor on their content. Throws if there are too many.
 */
export function createSearch(values: Iterable<string>): Search {
  const lengths = new Map<string, number>();
  for (const value of values) {
    const anchor = value.slice(0, ANCHOR);
    lengths.set(anchor, Math.max(lengths.get(anchor) ?? 0, value.length));
  }
  const all = [...lengths.keys()].join('');
  /** The columns of the table: one for each character of the values, and the first for all others. */
  const columns = new Uint16Array(2 ** 16);
  let width = 2;
  // A form writes a space as a plus.
  for (const char of ' +') columns[char.charCodeAt(0)] = 1;
  for (let at = 0; at < all.length; at += 1) columns[all.charCodeAt(at)] ||= width++;
  const cells = (all.length + 1) * width;
  if (cells > MOST_CELLS) throw new RangeError();

  const next = new Int32Array(cells);
  /** For each state: the anchors that end there, as pairs of their length and the length of the value. */
  const ends: [anchor: number, value: number][][] = [[]];
  const rowAfter = (row: number, code: number) => row + (columns[code] as number);
  for (const [anchor, length] of lengths) {
    let state = 0;
    for (let at = 0; at < anchor.length; at += 1) {
      state = next[rowAfter(state * width, anchor.charCodeAt(at))] ||= ends.push([]) - 1;
    }
    ends[state]?.push([anchor.length, length]);
  }
  const fallback = new Int32Array(ends.length);
  const queue = [0];
  for (const state of queue) {
    for (let column = 0; column < width; column += 1) {
      const cell = state * width + column;
      const back = state && (next[(fallback[state] as number) * width + column] as number);
      const target = next[cell];
      if (target) {
        fallback[target] = back;
        ends[target]?.push(...(ends[back] ?? []));
        queue.push(target);
      } else next[cell] = back;
    }
  }

  return (text, found) => {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      state = next[rowAfter(state * width, text.charCodeAt(at))] as number;
      const ended = ends[state] as (typeof ends)[number];
      for (let index = 0; index < ended.length; index += 1) {
        const [anchor, length] = ended[index] as (typeof ended)[number];
        found(at + 1 - anchor, at + 1 - anchor + length);
      }
    }
  };
}
