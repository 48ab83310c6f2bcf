import { webhookEventTypes } from '../../generated/event-types.js';

declare const unknownEventType: unique symbol;

/** An event type that this version knows. */
export type WebhookEventType = (typeof webhookEventTypes)[number];

/**
 * An event type that this version does not know. Dixa adds event types over time, so responses can contain them, and they
 * can be sent back. String literals are not assignable, so that typos do not compile; write `'NewEvent' as UnknownEventType`.
 */
export type UnknownEventType = string & { readonly [unknownEventType]: true };

const known: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(webhookEventTypes);

/** Whether `value` is an event type that this version knows. */
export function isWebhookEventType(value: unknown): value is WebhookEventType {
  return known.has(value as string);
}
