import { describe, expect, it } from 'vitest';
import { changesOf } from './report.js';

/** Each way to write the same, and what differs from it in meaning: that must be found, or nothing is compared at all. */
const pairs: readonly (readonly [what: string, before: string, now: string, other: string])[] = [
  [
    'parentheses',
    'function f(a: (string), b: ((x: string) => void) | undefined): (number)[];',
    'function f(a: string, b: undefined | ((x: (string)) => void)): number[];',
    'function f(a: string, b: (x: string) => void | undefined): number[];',
  ],
  [
    'the two ways to write a list',
    'function f(a: Array<string>, b: Promise<Array<string | Array<number>>>): Array<string>;',
    'function f(a: string[], b: Promise<(string | number[])[]>): string[];',
    'function f(a: string[], b: Promise<string | number[][]>): string[];',
  ],
  [
    'the two ways to write a readonly list',
    'function f(a: ReadonlyArray<string>): Promise<ReadonlyArray<string>>;',
    'function f(a: readonly string[]): Promise<readonly string[]>;',
    'function f(a: string[]): Promise<readonly string[]>;',
  ],
  [
    "the order of a union's types",
    "type T = 'a' | ('b' | null) | 'a';\n\nfunction f(): Promise<T | undefined | { b: 1 } | string[]>;",
    "type T = | null\n  | 'a' | 'b';\n\nfunction f(): Promise<string[] | undefined | { 'b': 1 } | T>;",
    "type T = null | 'a' | 'b';\n\nfunction f(): Promise<number[] | undefined | { b: 1 } | T>;",
  ],
  [
    "the order of a union's types, deep within a type",
    "function f(a: Record<string, 'a' | 'b'>): Readonly<Record<string, string | number>>;",
    "function f(a: Record<string, 'b' | 'a'>): Readonly<Record<string, number | string>>;",
    "function f(a: Record<string, 'b' | 'a'>): Readonly<Record<string, number | 'string'>>;",
  ],
  [
    'the order of overloads',
    'function f(a: string): string;\nfunction f(a: number): number;',
    'function f(a: number): number;\nfunction f(other: string): string;',
    'function f(a: number): string;\nfunction f(a: string): number;',
  ],
  [
    'the order of members',
    'interface I {\n  a: string;\n  readonly b?: { c: 1; d: 2 };\n  e(): void;\n}\n\nfunction f(options: I): Partial<{ a: 1; b: 2 }>;',
    'interface I {\n  e(): void;\n  readonly b?: { d: 2; c: 1 };\n  a: string;\n}\n\nfunction f(options: I): Partial<{ b: 2, a: 1 }>;',
    'interface I {\n  e(): void;\n  readonly b?: { d: 2; c: 1 };\n  a: string;\n}\n\nfunction f(options: I): Partial<{ b: 1; a: 2 }>;',
  ],
  [
    'names of type parameters',
    'interface Box<T, U = T> {\n  map<V>(to: (value: T) => V): Box<V, U>;\n}\n\nfunction f<A extends object>(a: A): A;\n\nclass C<X> {\n  x: X;\n}',
    'interface Box<A, B = A> {\n  map<T>(to: (value: A) => T): Box<T, B>;\n}\n\nfunction f<B extends object>(a: B): B;\n\nclass C<Y> {\n  x: Y;\n}',
    'interface Box<A, B = A> {\n  map<T>(to: (value: T) => T): Box<T, B>;\n}\n\nfunction f<B extends object>(a: B): B;\n\nclass C<Y> {\n  x: Y;\n}',
  ],
  [
    'names in mapped and conditional types',
    'type T<A> = { [K in keyof A]: A[K] extends Promise<infer R> ? R : K };',
    'type T<B> = { [Key in keyof B]: B[Key] extends Promise<infer Result> ? Result : Key };',
    'type T<B> = { [Key in keyof B]: B[Key] extends Promise<infer Result> ? Key : Result };',
  ],
  [
    'names of parameters',
    'function f(a: string, { b, c }: { b: string; c: string }): asserts a;\n\ntype G = (a: string, ...rest: number[]) => a is "x";',
    "function f(text: string, options: { b: string; c: string }): asserts text;\n\ntype G = (text: string, ...others: number[]) => text is 'x';",
    "function f(text: string, options: { b: string; c: string }): asserts options;\n\ntype G = (text: string, ...others: number[]) => text is 'x';",
  ],
  [
    'names of parameters, of which `this` is none',
    'type F = (this: string, b: number) => void;',
    'type F = (this: string, c: number) => void;',
    'type F = (that: string, b: number) => void;',
  ],
  [
    'layout, comments and quotes',
    'interface I {\n  /** A comment. */\n  a: "x"; // Another.\n  readonly "b": [string, number];\n}\n\nfunction f(options: Readonly<I>): void;',
    "interface I { a: 'x', readonly b: [\n  string,\n  number,\n] }\n\nfunction f(\n  options: Readonly<I>,\n): void;",
    "interface I { a: 'x', readonly b: [\n  number,\n  string,\n] }\n\nfunction f(\n  options: Readonly<I>,\n): void;",
  ],
  [
    'the order of modifiers',
    'class C {\n  static readonly a: string;\n  protected abstract b(): void;\n}',
    'class C {\n  readonly static a: string;\n  abstract protected b(): void;\n}',
    'class C {\n  static a: string;\n  protected abstract b(): void;\n}',
  ],
];

describe('two declarations', () => {
  it.each(pairs)('that differ in %s alone differ in nothing', (_, before, now, other) => {
    expect(changesOf(before, now)).toEqual([]);
    expect(changesOf(now, before)).toEqual([]);
    expect(changesOf(before, other)).not.toEqual([]);
  });
});
