import type { UpdateWebhookSubscription, WebhookSubscription } from 'dixa-webhooks';
import { authorizationHeader } from '../shared/authorization-header.js';
import { isPlainObject } from '../shared/plain-object.js';
import type { PropertyChange, WantedSubscription } from './types.js';

/** The differences between a wanted subscription and the existing one, if any. */
export interface Differences {
  readonly changes: readonly PropertyChange[];
  readonly unknownHeaders: readonly string[];
  /** The request body that removes the differences. */
  readonly body: UpdateWebhookSubscription;
}

/** Compares a wanted subscription with the existing one. An omitted property never differs. */
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
  if (authorization && (!existing || authorizationHeader(authorization) !== shownAuthorization)) {
    changes.push({ property: 'authorization' });
  }
  const own = byLowerCase(customHeaders);
  if (customHeaders && (!existing || [...shown].some(([name, value]) => own.get(name) !== value))) {
    changes.push({ property: 'customHeaders' });
  }

  const changed = Object.fromEntries(changes.map(({ property }) => [property, wanted[property]]));
  // Dixa does not document whether it shows custom headers. One that is not shown may be set, so every update sends all.
  const body = { ...changed, ...(customHeaders && { customHeaders }) };
  const isUnknown = (name: string) => existing && !shown.has(name.toLowerCase());
  const unknownHeaders = Object.keys(customHeaders ?? {}).filter(isUnknown);
  return { changes, unknownHeaders, body };
}

function byLowerCase(headers: Readonly<Record<string, string>> | null | undefined): Map<string, string> {
  return new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A string that is the same for equivalent values. It ignores null, and the order of items and properties. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? {}, (_, each: unknown) => {
    if (Array.isArray(each)) return [...new Set(each.map(canonical))].sort();
    return isPlainObject(each) ? Object.fromEntries(Object.entries(each).sort()) : (each ?? undefined);
  });
}

/** A value that can be printed: without the credentials that a URL may contain. */
function printable(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(https?:\/\/)[^/?#]*@/i, '$1[redacted]@') : value;
}
