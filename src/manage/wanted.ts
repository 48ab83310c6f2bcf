import { allOf, basicAuth, type ReadOnlyProperties, tokenAuth } from 'dixa-webhooks';
import {
  aBoolean,
  aUuid,
  checkObject,
  eventNames,
  isObject,
  isString,
  passes,
  type Rules,
  refuse,
  someHeaders,
} from './checks.js';
import type { WantedSubscription } from './types.js';

const rules = {
  id: aUuid,
  name: ['must be a string that is not empty', (value) => isString(value) && value !== ''],
  url: ['must be an absolute https: or http: URL', (value) => isString(value) && /^https?:\/\/\S+$/i.test(value)],
  events: eventNames,
  authorization: ['must be what basicAuth(), tokenAuth() or noAuth() returns', isAuthorization],
  customHeaders: [
    `${someHeaders[0]}, each named once, without Authorization: that is authorization`,
    (value) => someHeaders[1](value) && areCustom(Object.keys(value as object)),
  ],
  enabled: aBoolean,
  filters: [
    'must be an object of what allOf() or anyOf() returns',
    (value) => isObject(value) && Object.values(value).every(isFilter),
  ],
} satisfies Rules<'id' | Exclude<keyof WantedSubscription, keyof ReadOnlyProperties>>;

/** Refuses a list of wanted subscriptions in which anything is wrong that does not depend on those that exist. */
export function checkWanted(wanted: readonly WantedSubscription[]): void {
  if (!Array.isArray(wanted)) refuse('wanted', 'must be an array of subscriptions');
  for (const [index, each] of wanted.entries()) {
    checkObject(rules, each, `wanted[${index}]`);
    if (each.id == null && each.name == null) refuse(`wanted[${index}].name`, 'or id must be set');
  }
}

/** Refuses a subscription that lacks what it takes to create it. */
export function checkNew({ url, events }: WantedSubscription, path: string): void {
  const missing = [url == null && 'url', events == null && 'events'].find(Boolean);
  if (missing) refuse(`${path}.${missing}`, 'must be set to create it: there is no subscription of this name');
}

/** Refuses what `list()` would not resolve with. */
export function checkExisting(existing: unknown): void {
  const isRead = (each: unknown) => isObject(each) && isString(each.id) && isString(each.name);
  if (!Array.isArray(existing) || !existing.every(isRead)) {
    refuse('existing', 'must be an array of subscriptions: list() resolves with it');
  }
}

function isAuthorization(value: unknown): boolean {
  const { _type, username, password, value: token } = Object(value);
  if (_type === 'BasicAuth') return passes(() => basicAuth(username, password));
  if (_type === 'TokenAuth') return passes(() => tokenAuth(token));
  return _type === 'NoAuth';
}

function areCustom(names: readonly string[]): boolean {
  const plain = new Set(names.map((name) => name.toLowerCase()));
  return plain.size === names.length && !plain.has('authorization');
}

function isFilter(value: unknown): boolean {
  if (value == null) return true;
  const { _type, strategy, conditions } = Object(value);
  return (
    _type === 'CombinedFilters' && (strategy === 'All' || strategy === 'Any') && passes(() => allOf(...conditions))
  );
}
