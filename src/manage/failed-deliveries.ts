import { type AnyEventType, type DixaWebhooks, type EventDeliveryLog, webhookEventTypes } from 'dixa-webhooks';
import { parseEvent } from 'dixa-webhooks/receiver';
import { aBoolean, checkClient, checkObject, eventNames, isString, refuse } from './checks.js';

/** Options of {@link failedDeliveries}. */
export interface FailedDeliveriesOptions {
  /**
   * The event types whose logs are read. Name those that the subscription delivered earlier, but no longer does.
   * @default its `subscribedEvents`. If there are none, whose meaning is not documented, all that this version knows.
   */
  readonly events?: readonly AnyEventType[] | undefined;
  /**
   * Whether to take every event of the logs, also those that arrived.
   * @default false
   */
  readonly all?: boolean | undefined;
}

/**
 * A delivery in Dixa's logs; {@link replayDelivery} sends it again. `payload` is personal data of customers: `parseEvent()`
 * of `dixa-webhooks/receiver` reads it.
 */
export interface LoggedDelivery extends EventDeliveryLog {
  readonly subscriptionId: string;
  /** The event type in whose log it is. */
  readonly type: AnyEventType;
  /** `event_id` of the payload, if it has one. */
  readonly eventId?: string | undefined;
}

/** How far back the log of an event type reaches. How much Dixa keeps is not documented. */
export interface LogReach {
  /** The event type. */
  readonly type: AnyEventType;
  /** How many deliveries the log holds. */
  readonly deliveries: number;
  /** When the oldest of them was delivered, as Dixa writes it; undefined if the log is empty. */
  readonly oldest: string | undefined;
}

/** The result of {@link failedDeliveries}. */
export interface FailedDeliveries {
  /** The deliveries to replay, oldest first, one for each `event_id`. Those without an `event_id` are all here. */
  readonly deliveries: readonly LoggedDelivery[];
  /** Deliveries whose payload is not a JSON object, oldest first. They cannot be replayed. */
  readonly unreadable: readonly LoggedDelivery[];
  /** How far back each log reaches. What Dixa no longer keeps is not found, and cannot be replayed. */
  readonly logs: readonly LogReach[];
}

/**
 * Finds the events that a subscription failed to deliver. It reads the delivery log of one event type after another. An
 * event that has arrived, in an earlier or a later delivery with the same `event_id`, is left out. Of an event that
 * failed several times, the oldest delivery is taken.
 * @throws DixaInputError if an argument is wrong.
 * @throws DixaNotFoundError if there is no subscription with this id.
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
    // The newest comes first in Dixa's example. Only between equal times does that decide.
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
    return undefined; // It is reported as unreadable.
  }
}

function byTime(a: LoggedDelivery, b: LoggedDelivery): number {
  return timeOf(a) - timeOf(b);
}

/** Dixa promises no format of the time: one that cannot be read counts as the oldest. */
function timeOf({ deliveryDetail }: LoggedDelivery): number {
  return Date.parse(deliveryDetail.deliveryTimestamp) || 0;
}
