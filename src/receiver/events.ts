import type { EventEnvelope, WebhookEvents } from '../../generated/events.js';
import type { WebhookEventType } from '../shared/event-types.js';

export type * from '../../generated/events.js';

/**
 * An event of a type that this version knows: any of them, which narrows on `type`, or one, as in
 * `WebhookEvent<'ConversationRated'>`. It is what Dixa sent, with the name of its event type added as `type`.
 *
 * All but the envelope is optional: Dixa says that not every field is always there. Fields that are not in the types
 * are kept.
 */
export type WebhookEvent<T extends WebhookEventType = WebhookEventType> = WebhookEvents[T];

/**
 * An event of a type that this version does not know, as it was sent. Any field may be missing. The name of its type, if
 * it has one, is in `event_fqn`.
 */
export interface UnknownWebhookEvent extends Partial<EventEnvelope> {
  readonly type: 'Unknown';
  readonly [field: string]: unknown;
}
