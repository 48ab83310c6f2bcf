import { isObject } from '../lib/json-pointer.js';

/** What one side says; `absent` if it says nothing. */
export type Says = string | number | boolean;

export const absent = 'absent';

/** A value of a document as one says it: anything but a single value as JSON, its keys in order, and so is the word `absent`. */
export function says(value: unknown): Says {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && value !== absent) return value;
  const inOrder = (node: object) => Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value, (_, node) => (isObject(node) ? inOrder(node) : node)) ?? 'nothing';
}

/** Text from outside in one line, without characters that do something to a terminal: so it is compared, printed and held by the ledger. */
export const plain = <T extends Says>(said: T): T =>
  typeof said === 'string' ? (said.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ').trim() as T) : said;

/** What one side says, and where. What it does not say is `absent`, at the place where it would stand. */
export interface Fact {
  readonly pointer: string;
  readonly says: Says;
}

/** One place where the contract and Dixa's document say different things. */
export interface Finding {
  /** `new`: only upstream says something. `gone`: only the contract does. `changed`: both do, and differ. */
  readonly change: 'new' | 'gone' | 'changed';
  /** What it is about, such as `property`, or the keyword that differs, such as `format`. */
  readonly subject: string;
  /** The name of what is new, gone or changed. */
  readonly name: string;
  readonly contract: Fact;
  /** With each place of Dixa's document that differs so: Dixa repeats what the contract says once. */
  readonly upstream: { readonly pointers: readonly string[]; readonly says: Says };
}
