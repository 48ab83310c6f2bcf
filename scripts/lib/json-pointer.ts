export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property of a node. In a document from outside, `constructor` and `__proto__` are ordinary keys. */
export function own(node: unknown, key: string | number): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
  return (node as Json)[key];
}

/** Adds segments to a pointer of the form `#/a/b`. */
export function child(pointer: string, ...keys: (string | number)[]): string {
  return [pointer, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

export function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer of the parent. */
export const parent = (pointer: string): string => pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 1));

export function valueAt(root: unknown, pointer: string): unknown {
  return segments(pointer).reduce(own, root);
}
