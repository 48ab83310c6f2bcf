import { DixaInputError } from 'dixa-webhooks';
import { nearest } from '../shared/nearest.js';

/** What a value must be, in words and as a function. */
export type Rule = readonly [rule: string, fits: (value: unknown) => boolean];

/** The rules of an object's properties; a property that is undefined or null counts as absent. */
export type Rules<Name extends string> = Readonly<Record<Name, Rule>>;

export const aBoolean: Rule = ['must be true or false', (value) => typeof value === 'boolean'];
export const aFunction: Rule = ['must be a function', (value) => typeof value === 'function'];
export const aUuid: Rule = [
  'must be a UUID',
  (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value)),
];
export const someHeaders: Rule = [
  'must be an object of valid headers',
  // The platform's own error would quote a value.
  (value) => isObject(value) && Object.values(value).every(isString) && passes(() => new Headers(value as HeadersInit)),
];
export const eventNames: Rule = [
  'must be an array of event types',
  (value) => Array.isArray(value) && value.every((name) => isString(name) && /^[A-Za-z\d]+$/.test(name)),
];

/**
 * Refuses what is not an object, a property that does not exist, and a value that breaks its rule. `path` leads to the
 * properties. A message never contains a value, which may be a secret.
 */
export function checkObject(rules: Rules<string>, value: unknown, name: string, path = `${name}.`): void {
  if (!isObject(value)) refuse(name, 'must be an object');
  const known = Object.keys(rules);
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const rule = known.includes(key) && rules[key];
    // A name that is not a plain one is not shown: a secret may have slipped in.
    if (!rule)
      refuse(path + (/^\w+$/.test(key) ? key : '?'), `cannot be set: use ${nearest(key, known) ?? known.join(', ')}`);
    if (item !== null && !rule[1](item)) refuse(path + key, rule[0]);
  }
}

/** Refuses a client that lacks the methods that are called. */
export function checkClient(dixa: unknown, methods: readonly string[]): void {
  const has = (method: string) => typeof Object(dixa)[method] === 'function';
  if (!methods.every(has)) refuse('dixa', 'must come from createDixaWebhooks()');
}

export function refuse(field: string, rule: string): never {
  throw new DixaInputError(field, rule);
}

/** Whether a value is an object, of any realm, and neither an array nor an instance of a built-in class. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether it returns what is true, and does not throw. */
export function passes(attempt: () => unknown): boolean {
  try {
    return Boolean(attempt());
  } catch {
    return false;
  }
}
