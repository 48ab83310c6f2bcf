import { allOf, anyOf, basicAuth, noAuth, type ReadOnlyProperties, tokenAuth } from 'dixa-webhooks';
import { isPlainObject } from '../shared/plain-object.js';
import {
  aBoolean,
  aUuid,
  checkObject,
  eventNames,
  isString,
  passes,
  type Rules,
  refuse,
  someHeaders,
} from './checks.js';
import { canonical } from './differences.js';
import type { WantedSubscription } from './types.js';

const rules = {
  id: aUuid,
  name: ['must be a non-empty string', (value) => isString(value) && value !== ''],
  url: ['must be an absolute https: or http: URL', (value) => isString(value) && /^https?:\/\/\S+$/i.test(value)],
  events: eventNames,
  authorization: ['must come from basicAuth(), tokenAuth() or noAuth()', isAuthorization],
  customHeaders: [`${someHeaders[0]}, without Authorization: use authorization`, areCustomHeaders],
  enabled: aBoolean,
  filters: [
    'must be an object of allOf() or anyOf()',
    (value) => isPlainObject(value) && Object.values(value).every(isFilter),
  ],
} satisfies Rules<'id' | Exclude<keyof WantedSubscription, keyof ReadOnlyProperties>>;

/** Throws if a wanted subscription is invalid, regardless of the existing ones. */
export function checkWanted(wanted: readonly WantedSubscription[]): void {
  if (!Array.isArray(wanted)) refuse('wanted', 'must be an array');
  for (const [index, each] of wanted.entries()) {
    checkObject(rules, each, `wanted[${index}]`);
    if (each.id == null && each.name == null) refuse(`wanted[${index}].name`, 'or id must be set');
  }
}

/** Throws if a new subscription lacks a required property. */
export function checkNew({ url, events }: WantedSubscription, path: string): void {
  const missing = url == null ? 'url' : events == null && 'events';
  if (missing) refuse(`${path}.${missing}`, 'is required: no subscription has this name');
}

/** Throws if the value cannot come from `list()`. */
export function checkExisting(existing: unknown): void {
  const isRead = (each: unknown) => isPlainObject(each) && isString(each.id) && isString(each.name);
  if (!Array.isArray(existing) || !existing.every(isRead)) {
    refuse('existing', 'must come from list()');
  }
}

function isAuthorization(value: unknown): boolean {
  const { username, password, value: token } = Object(value);
  return isSame(value, () => {
    if (username != null) return basicAuth(username, password);
    return token == null ? noAuth() : tokenAuth(token);
  });
}

function areCustomHeaders(value: unknown): boolean {
  return someHeaders[1](value) && !new Headers(value as HeadersInit).has('authorization');
}

function isFilter(value: unknown): boolean {
  const { strategy, conditions } = Object(value);
  return value == null || isSame(value, () => (strategy === 'Any' ? anyOf : allOf)(...conditions));
}

/**
 * Whether a value is what the client's function returns. The client would refuse any other value, but only while the plan
 * is applied.
 */
function isSame(value: unknown, make: () => unknown): boolean {
  return passes(() => canonical(value) === canonical(make()));
}
