import { isObject } from '../lib/json-pointer.js';

/** The statement of one side; `absent` if there is none. */
export type Says = string | number | boolean;

export const absent = 'absent';

/** Turns a value into a statement. Objects and arrays become JSON with sorted keys; so does the word `absent`. */
export function says(value: unknown): Says {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string' && value !== absent) return value;
  const inOrder = (node: object) => Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value, (_, node) => (isObject(node) ? inOrder(node) : node)) ?? 'nothing';
}

/** Normalizes text from outside: one line, without control characters. The ledger, the comparison and all output use this form. */
export const plain = <T extends Says>(said: T): T =>
  typeof said === 'string' ? (said.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ').trim() as T) : said;

/** A statement of one side, with its place. If there is none, it is `absent`, at the place where it would be. */
export interface Fact {
  readonly pointer: string;
  readonly says: Says;
}

/** A difference between the contract and Dixa's document. */
export interface Finding {
  /** `new`: only upstream has it. `gone`: only the contract has it. `changed`: both have it, with different content. */
  readonly change: 'new' | 'gone' | 'changed';
  /** The kind of thing, such as `property`, or the keyword that differs, such as `format`. */
  readonly subject: string;
  /** The name of the new, missing or changed thing. */
  readonly name: string;
  readonly contract: Fact;
  /** With all places of Dixa's document that differ in this way: Dixa repeats what the contract says once. */
  readonly upstream: { readonly pointers: readonly string[]; readonly says: Says };
}
