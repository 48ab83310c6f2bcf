import type { EventEnvelope, WebhookEvents } from '../../generated/events.js';
import type { WebhookEventType } from '../shared/event-types.js';

export type * from '../../generated/events.js';

/**
 * An event of a type that this version knows: of any, which narrows on `type`, or of those named, as in
 * `WebhookEvent<'ConversationRated'>`. It is what Dixa sent, with the name of its event type added as `type`.
 *
 * All but the envelope is optional: Dixa says that not every field is always there. Fields that are not in the types
 * are kept.
 */
export type WebhookEvent<T extends WebhookEventType = WebhookEventType> = WebhookEvents[T];

/**
 * An event of a type that this version does not know, as it came: nothing of it is promised. Its name, if it has one, is
 * in `event_fqn`.
 */
export interface UnknownWebhookEvent extends Partial<EventEnvelope> {
  readonly type: 'Unknown';
  readonly [field: string]: unknown;
}
