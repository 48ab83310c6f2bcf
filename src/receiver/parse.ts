import { webhookEventTypes } from '../../generated/event-types.js';
import { bytesOf, type RawBody } from './body.js';
import { DixaPayloadError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';

/** No table maps event types to `event_fqn`; without underscores and case they are the same (inferred for most). */
const normalized = (name: string) => name.replaceAll('_', '').toLowerCase();

const types: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ webhookEventTypes.map((type) => [normalized(type), type]),
);

/** It skips a byte order mark, and makes U+FFFD of what is no UTF-8. */
const decoder = /* @__PURE__ */ new TextDecoder();

/** The event type of an `event_fqn`; `'Unknown'` for one that this version does not know. */
function typeOf(fqn: unknown): string {
  return (typeof fqn === 'string' && types.get(normalized(fqn))) || 'Unknown';
}

/**
 * The event in a body: the object that was sent, with its event type as `type`. It checks no signature: trust comes from
 * verifying first. It also reads the `payload` of a delivery log.
 * @throws DixaPayloadError where the body is not a JSON object
 * @throws DixaConfigurationError where it was parsed already
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
  // Set on the object that was just made: a copy would have to mind an own "__proto__".
  const typed = event as { event_fqn?: unknown; type: string };
  typed.type = typeOf(typed.event_fqn);
  return typed as unknown as WebhookEvent;
}
