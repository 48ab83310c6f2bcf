import { DixaInputError } from 'dixa-webhooks';
import { nearest } from '../shared/nearest.js';
import { isPlainObject } from '../shared/plain-object.js';

/** What a value must be: the error message, and the check. */
export type Rule = readonly [rule: string, fits: (value: unknown) => boolean];

/** The rules for an object's properties. A property that is undefined or null counts as absent. */
export type Rules<Name extends string> = Readonly<Record<Name, Rule>>;

export const aBoolean: Rule = ['must be true or false', (value) => typeof value === 'boolean'];
export const aFunction: Rule = ['must be a function', (value) => typeof value === 'function'];
export const aUuid: Rule = [
  'must be a UUID',
  (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value)),
];
export const someHeaders: Rule = [
  'must be an object of valid headers',
  // The platform's own error quotes the value.
  (value) =>
    isPlainObject(value) && Object.values(value).every(isString) && passes(() => new Headers(value as HeadersInit)),
];
export const eventNames: Rule = [
  'must be an array of event types',
  (value) => Array.isArray(value) && value.every((name) => isString(name) && /^[A-Za-z\d]+$/.test(name)),
];

/**
 * Throws if the value is not an object, has an unknown property, or breaks a rule. `path` precedes the property's name
 * in the message. The message never contains a value, which may be a secret.
 */
export function checkObject(rules: Rules<string>, value: unknown, name: string, path = `${name}.`): void {
  if (!isPlainObject(value)) refuse(name, 'must be an object');
  const known = Object.keys(rules);
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const rule = known.includes(key) && rules[key];
    // Only plain names are shown: anything else may be a misplaced secret.
    if (!rule)
      refuse(path + (/^\w+$/.test(key) ? key : '?'), `cannot be set: use ${nearest(key, known) ?? known.join(', ')}`);
    if (item !== null && !rule[1](item)) refuse(path + key, rule[0]);
  }
}

/** Throws if the client lacks one of these methods. */
export function checkClient(dixa: unknown, methods: readonly string[]): void {
  const has = (method: string) => typeof Object(dixa)[method] === 'function';
  if (!methods.every(has)) refuse('dixa', 'must come from createDixaWebhooks()');
}

export function refuse(field: string, rule: string): never {
  throw new DixaInputError(field, rule);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether `attempt` returns a truthy value and does not throw. */
export function passes(attempt: () => unknown): boolean {
  try {
    return Boolean(attempt());
  } catch {
    return false;
  }
}
