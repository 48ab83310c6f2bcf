import { webhookEventTypes } from '../../generated/event-types.js';

declare const unknownEventType: unique symbol;

/** The name of an event type that this version knows. */
export type WebhookEventType = (typeof webhookEventTypes)[number];

/**
 * The name of an event type that this version does not know. Dixa adds event types, so what is read may hold one, and
 * what was read may be sent back. A string literal does not fit, so a typo does not compile; a name that is known to
 * be right is written `'NewEvent' as UnknownEventType`.
 */
export type UnknownEventType = string & { readonly [unknownEventType]: true };

const known: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(webhookEventTypes);

/** Whether `value` is the name of an event type that this version knows. */
export function isWebhookEventType(value: unknown): value is WebhookEventType {
  return known.has(value as string);
}
