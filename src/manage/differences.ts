import type { UpdateWebhookSubscription, WebhookAuthorization, WebhookSubscription } from 'dixa-webhooks';
import { isObject } from './checks.js';
import type { PropertyChange, WantedSubscription } from './types.js';

/** How a wanted subscription differs from the one that exists, if there is one. */
export interface Differences {
  readonly changes: readonly PropertyChange[];
  readonly unknownHeaders: readonly string[];
  /** What to send to remove the differences. */
  readonly body: UpdateWebhookSubscription;
}

/** Compares what is wanted with what exists. A property that is not named never differs. */
export function differencesOf(wanted: WantedSubscription, existing?: WebhookSubscription): Differences {
  const { authorization, customHeaders } = wanted;
  const shown = new Map(Object.entries(existing?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const changes: PropertyChange[] = [];

  for (const [property, from] of shownProperties(existing)) {
    const to = wanted[property];
    if (to != null && (!existing || canonical(from) !== canonical(to))) {
      const change = { property, to: printable(to) };
      changes.push(from == null ? change : { ...change, from: printable(from) });
    }
  }
  if (authorization && (!existing || headerOf(authorization) !== shown.get('authorization'))) {
    changes.push({ property: 'authorization' });
  }
  const { differ, unknown } = compareHeaders(customHeaders ?? {}, shown);
  if (customHeaders && (!existing || differ)) changes.push({ property: 'customHeaders' });

  const changed = changes.map(({ property }) => [property, wanted[property]]);
  // Dixa may not show these, so that each update makes sure of them.
  if (customHeaders && changes.length) changed.push(['customHeaders', customHeaders]);
  return { changes, unknownHeaders: existing ? unknown : [], body: Object.fromEntries(changed) };
}

/** The properties that Dixa shows as they were written, and their values. */
function shownProperties(existing: WebhookSubscription | undefined) {
  return [
    ['name', existing?.name],
    ['url', existing?.url],
    ['events', existing?.subscribedEvents],
    ['enabled', existing?.enabled],
    ['filters', existing?.filters],
  ] as const;
}

/**
 * A text that two values share if they mean the same. The order of lists and of properties does not count, nor do
 * repeated items. Nothing, an empty list and an empty object are the same: Dixa may write null (inferred).
 */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = [...new Set(value.map(canonical))].sort();
    return items.length ? `[${items}]` : '';
  }
  if (isObject(value)) {
    const properties = Object.entries(value)
      .map(([key, item]) => [JSON.stringify(key), canonical(item)] as const)
      .filter(([, item]) => item)
      .map(([key, item]) => `${key}:${item}`);
    return properties.length ? `{${properties.sort()}}` : '';
  }
  return value == null ? '' : JSON.stringify(value);
}

/** The value of the header that Dixa computes, which it shows. */
function headerOf(authorization: WebhookAuthorization): string | undefined {
  if (authorization._type === 'TokenAuth') return `Bearer ${authorization.value}`;
  if (authorization._type === 'NoAuth') return undefined;
  const bytes = new TextEncoder().encode(`${authorization.username}:${authorization.password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

/**
 * Whether custom headers differ from those that Dixa shows, and the names that it does not show. Whether it shows any is
 * not documented, so that one which is missing may be set.
 */
function compareHeaders(wanted: Readonly<Record<string, string>>, shown: ReadonlyMap<string, string>) {
  const unknown: string[] = [];
  const rest = new Map(shown);
  rest.delete('authorization');
  let differ = false;
  for (const [name, value] of Object.entries(wanted)) {
    const key = name.toLowerCase();
    if (!rest.has(key)) unknown.push(name);
    else if (rest.get(key) !== value) differ = true;
    rest.delete(key);
  }
  return { differ: differ || rest.size > 0, unknown };
}

/** A value without the user name and the password that a URL may hold. */
function printable(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^/?#]*@/i, '$1[redacted]@') : value;
}
