import { isObject } from '../lib/json-pointer.js';

/** What one side says; `absent` if it says nothing. */
export type Says = string | number | boolean;

/** What a side says that says nothing; the ledger writes it so too. */
export const absent = 'absent';

/** A value of a document as it is said: whatever is no single value as JSON with its keys in order, and so is the word of ours. */
export function says(value: unknown): Says {
  if (value === absent) return JSON.stringify(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value, (_, node) => (isObject(node) ? inOrder(node) : node)) ?? 'nothing';
}

/** The same as text: `String` fails where a document has a `toString` of its own. */
export const saidAsText = (value: unknown): string => String(says(value));

function inOrder(node: object): object {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
}
