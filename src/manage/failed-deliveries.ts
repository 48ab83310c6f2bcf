import { type AnyEventType, type DixaWebhooks, type EventDeliveryLog, webhookEventTypes } from 'dixa-webhooks';
import { parseEvent } from 'dixa-webhooks/receiver';
import { aBoolean, checkClient, checkObject, eventNames, isString, refuse } from './checks.js';

/** Options for {@link failedDeliveries}. */
export interface FailedDeliveriesOptions {
  /**
   * The event types whose logs are read. Include those that the subscription used to deliver.
   * @default its `subscribedEvents`; if it has none, all types that this version knows (Dixa does not document what
   * that means)
   */
  readonly events?: readonly AnyEventType[] | undefined;
  /**
   * Whether to include the events that arrived.
   * @default false
   */
  readonly all?: boolean | undefined;
}

/**
 * A delivery from Dixa's logs. Send it again with {@link replayDelivery}. `payload` contains personal data of
 * customers; parse it with `parseEvent()` from `dixa-webhooks/receiver`.
 */
export interface LoggedDelivery extends EventDeliveryLog {
  readonly subscriptionId: string;
  /** The event type whose log it comes from. */
  readonly type: AnyEventType;
  /** The `event_id` of the payload, if it has one. */
  readonly eventId?: string | undefined;
}

/** How far back the log of an event type goes. Dixa does not document how much it keeps. */
export interface LogReach {
  /** The event type. */
  readonly type: AnyEventType;
  /** The number of deliveries in the log. */
  readonly deliveries: number;
  /** The time of the oldest delivery, in Dixa's format; undefined if the log is empty. */
  readonly oldest: string | undefined;
}

/** The result of {@link failedDeliveries}. */
export interface FailedDeliveries {
  /** The deliveries to replay, oldest first: one for each `event_id`, and all that have no `event_id`. */
  readonly deliveries: readonly LoggedDelivery[];
  /** The deliveries that cannot be replayed because their payload is not a JSON object, oldest first. */
  readonly unreadable: readonly LoggedDelivery[];
  /** How far back each log goes. Deliveries that Dixa no longer keeps cannot be replayed. */
  readonly logs: readonly LogReach[];
}

/**
 * Finds the events that a subscription failed to deliver. It reads the delivery logs of one event type at a time. An
 * event is left out if any delivery with the same `event_id` succeeded. If an event failed several times, its oldest
 * delivery is returned.
 * @throws DixaInputError if an argument is invalid.
 * @throws DixaNotFoundError if no subscription has this id.
 * @example
 * const { deliveries, logs } = await failedDeliveries(dixa, id, { events: ['ConversationRated'] })
 * for (const { type, oldest } of logs) console.log(type, 'since', oldest)
 * for (const { eventId, deliveryDetail } of deliveries) console.log(eventId, deliveryDetail.responseCode)
 */
export async function failedDeliveries(
  dixa: Pick<DixaWebhooks, 'get' | 'deliveryLogs'>,
  id: string,
  options: FailedDeliveriesOptions = {},
): Promise<FailedDeliveries> {
  checkClient(dixa, ['get', 'deliveryLogs']);
  checkObject({ events: eventNames, all: aBoolean }, options, 'options', '');
  const events = options.events ?? (await dixa.get(id)).subscribedEvents ?? [];
  if (options.events?.length === 0) refuse('events', 'must not be empty');

  const found: LoggedDelivery[] = [];
  const logs: LogReach[] = [];
  for (const type of new Set<AnyEventType>(events.length ? events : webhookEventTypes)) {
    const log = (await dixa.deliveryLogs(id, type)).map((entry) => read(id, type, entry));
    // Dixa's example lists the newest first. That order matters only for equal times.
    found.push(...log.reverse().sort(byTime));
    logs.push({ type, deliveries: log.length, oldest: log[0]?.deliveryDetail.deliveryTimestamp });
  }
  found.sort(byTime);

  const isDone = ({ deliveryDetail }: LoggedDelivery) => deliveryDetail.success && !options.all;
  const settled = new Set(found.filter(isDone).map(({ eventId }) => eventId));
  const deliveries: LoggedDelivery[] = [];
  const unreadable: LoggedDelivery[] = [];
  for (const each of found) {
    const { eventId, payload } = each;
    if (isDone(each) || (eventId && settled.has(eventId))) continue;
    settled.add(eventId);
    (eventId || eventOf(payload) ? deliveries : unreadable).push(each);
  }
  return { deliveries, unreadable, logs };
}

function read(subscriptionId: string, type: AnyEventType, entry: EventDeliveryLog): LoggedDelivery {
  const eventId = eventOf(entry.payload)?.event_id;
  return { ...entry, subscriptionId, type, ...(isString(eventId) && eventId && { eventId }) };
}

function eventOf(payload: string): { readonly event_id?: unknown } | undefined {
  try {
    return parseEvent(payload);
  } catch {
    return undefined; // The delivery is returned in `unreadable`.
  }
}

function byTime(a: LoggedDelivery, b: LoggedDelivery): number {
  return timeOf(a) - timeOf(b);
}

/** Dixa does not guarantee the format of the time. One that cannot be parsed counts as the oldest. */
function timeOf({ deliveryDetail }: LoggedDelivery): number {
  return Date.parse(deliveryDetail.deliveryTimestamp) || 0;
}
