import { webhookEventTypes } from '../../generated/event-types.js';
import { bytesOf, type RawBody } from './body.js';
import { DixaPayloadError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';

/**
 * Event types by `event_fqn`, as Dixa writes it. `typeOf` finds those that begin with SLA. Dixa does not document this
 * table: most of it is inferred.
 */
const types: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ webhookEventTypes.map((type) => [type.replace(/\B[A-Z]/g, '_$&').toUpperCase(), type]),
);

/** Skips a byte order mark, and replaces invalid UTF-8 with U+FFFD. */
const decoder = /* @__PURE__ */ new TextDecoder();

/** The event type of an `event_fqn`, ignoring case and underscores, or `'Unknown'` if this version does not know it. */
function typeOf(fqn: unknown): string {
  if (typeof fqn !== 'string') return 'Unknown';
  const known = types.get(fqn);
  if (known) return known;
  const plain = fqn.toLowerCase().replace(/_/g, '');
  return webhookEventTypes.find((type) => type.toLowerCase() === plain) ?? 'Unknown';
}

/**
 * Parses an event, for example the `payload` of a delivery log. Returns the object that was sent, with its event type
 * as `type`. **It does not verify anything**: use {@link verifyEvent} for deliveries.
 * @throws DixaPayloadError if the body is not a JSON object
 * @throws DixaConfigurationError if the body was parsed already
 * @example
 * const [latest] = await dixa.deliveryLogs(id, 'ConversationRated')
 * const event = parseEvent(latest.payload)
 */
export function parseEvent(body: RawBody): WebhookEvent | UnknownWebhookEvent {
  const text = decoder.decode(bytesOf(body));
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    // The parser's own error quotes the payload.
  }
  if (typeof event !== 'object' || !event || Array.isArray(event)) {
    throw new DixaPayloadError('The body is not a JSON object.');
  }
  // Set on the object itself: a copy would need care with an own "__proto__".
  const typed = event as { event_fqn?: unknown; type: string };
  typed.type = typeOf(typed.event_fqn);
  return typed as unknown as WebhookEvent;
}
