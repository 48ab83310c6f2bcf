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
  const readable = { ...existing, events: existing && (existing.subscribedEvents ?? []) };
  const shown = byLowerCase(existing?.headers);
  const shownAuthorization = shown.get('authorization');
  shown.delete('authorization');
  const changes: PropertyChange[] = [];

  for (const property of ['name', 'url', 'events', 'enabled', 'filters'] as const) {
    const [from, to] = [readable[property], wanted[property]];
    if (to != null && (!existing || canonical(from) !== canonical(to))) {
      changes.push({ property, ...(from != null && { from: printable(from) }), to: printable(to) });
    }
  }
  if (authorization && (!existing || headerOf(authorization) !== shownAuthorization)) {
    changes.push({ property: 'authorization' });
  }
  const own = byLowerCase(customHeaders);
  if (customHeaders && (!existing || [...shown].some(([name, value]) => own.get(name) !== value))) {
    changes.push({ property: 'customHeaders' });
  }

  const changed = Object.fromEntries(changes.map(({ property }) => [property, wanted[property]]));
  // Whether Dixa shows them is not documented: what it does not show may be set or not, so that every update sends them.
  const body = { ...changed, ...(customHeaders && { customHeaders }) };
  const isUnknown = (name: string) => existing && !shown.has(name.toLowerCase());
  const unknownHeaders = Object.keys(customHeaders ?? {}).filter(isUnknown);
  return { changes, unknownHeaders, body };
}

function byLowerCase(headers: Readonly<Record<string, string>> | null | undefined): Map<string, string> {
  return new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A text that two values share if they mean the same: the order of lists and properties does not count, nor does null. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? {}, (_, each: unknown) => {
    if (Array.isArray(each)) return [...new Set(each.map(canonical))].sort();
    return isObject(each) ? Object.fromEntries(Object.entries(each).sort()) : (each ?? undefined);
  });
}

/** The value of the header that Dixa computes, which it shows. */
function headerOf(authorization: WebhookAuthorization): string | undefined {
  if (authorization._type === 'TokenAuth') return `Bearer ${authorization.value}`;
  if (authorization._type === 'NoAuth') return undefined;
  const bytes = new TextEncoder().encode(`${authorization.username}:${authorization.password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** A value without the user name and the password that a URL may hold. */
function printable(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^/?#]*@/i, '$1[redacted]@') : value;
}
