import type { EventEnvelope, WebhookEvents } from '../../generated/events.js';
import type { WebhookEventType } from '../shared/event-types.js';

export type * from '../../generated/events.js';

/**
 * An event of a type that this version knows. `WebhookEvent` is a union of all types that narrows on `type`;
 * `WebhookEvent<'ConversationRated'>` is one type. It is the object that Dixa sent, plus its event type as `type`.
 *
 * All fields outside the envelope are optional, because Dixa says that not every field is always present. Fields that
 * are not in the types are kept.
 */
export type WebhookEvent<T extends WebhookEventType = WebhookEventType> = WebhookEvents[T];

/**
 * An event of a type that this version does not know. Any field may be missing. `event_fqn` contains the name of its
 * type, if it has one.
 */
export interface UnknownWebhookEvent extends Partial<EventEnvelope> {
  readonly type: 'Unknown';
  readonly [field: string]: unknown;
}
