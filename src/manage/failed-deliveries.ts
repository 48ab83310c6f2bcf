import { type AnyEventType, type DixaWebhooks, type EventDeliveryLog, webhookEventTypes } from 'dixa-webhooks';
import { parseEvent } from 'dixa-webhooks/receiver';
import { aBoolean, aSignal, checkClient, checkObject, eventNames, refuse } from './checks.js';

/** Options of {@link failedDeliveries}. */
export interface FailedDeliveriesOptions {
  /**
   * The event types whose logs are read.
   * @default those that the subscription delivers, or every one that this version knows if Dixa names none
   */
  readonly events?: readonly AnyEventType[] | undefined;
  /**
   * Whether to take every event of the logs, also those that arrived.
   * @default false
   */
  readonly all?: boolean | undefined;
  /** Ends the calls to Dixa. */
  readonly signal?: AbortSignal | undefined;
}

/** A delivery in Dixa's logs. {@link replayDelivery} sends it again. */
export interface LoggedDelivery {
  readonly subscriptionId: string;
  /** The event type in whose log it is. */
  readonly type: AnyEventType;
  /** `event_id` of the payload, or undefined if it has none. */
  readonly eventId: string | undefined;
  /** When it was delivered, as Dixa writes it. */
  readonly deliveredAt: string;
  /** Whether Dixa counts it as successful. */
  readonly success: boolean;
  /** The status of the receiver's response. */
  readonly responseCode: number;
  /** What Dixa kept of the receiver's response. */
  readonly responseText: string;
  /**
   * What was sent, as JSON in a spacing other than the signed one: personal data of customers. `parseEvent()` of
   * `dixa-webhooks/receiver` reads it.
   */
  readonly payload: string;
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
 * for (const { eventId, responseCode } of deliveries) console.log(eventId, responseCode)
 */
export async function failedDeliveries(
  dixa: Pick<DixaWebhooks, 'get' | 'deliveryLogs'>,
  id: string,
  options: FailedDeliveriesOptions = {},
): Promise<FailedDeliveries> {
  checkClient(dixa, ['get', 'deliveryLogs']);
  checkObject({ events: eventNames, all: aBoolean, signal: aSignal }, options, 'options', '');
  const { signal } = options;
  const call = signal ? { signal } : {};
  const events = options.events ?? (await dixa.get(id, call)).subscribedEvents ?? [];
  if (options.events?.length === 0) refuse('events', 'must name at least one event type');

  const found: Found[] = [];
  const logs: LogReach[] = [];
  for (const type of new Set<AnyEventType>(events.length ? events : webhookEventTypes)) {
    const log = (await dixa.deliveryLogs(id, type, call)).map((entry) => read(id, type, entry));
    // The newest comes first in Dixa's example. Only between equal times does that decide.
    log.reverse().sort(byTime);
    found.push(...log);
    logs.push({ type, deliveries: log.length, oldest: log[0]?.delivery.deliveredAt });
  }
  found.sort(byTime);

  const wanted = options.all ? found : found.filter(({ delivery }) => !delivery.success);
  const settled = new Set(options.all ? [] : found.filter(({ delivery }) => delivery.success).map(eventIdOf));
  const deliveries = wanted.filter((each) => {
    const eventId = eventIdOf(each);
    if (!each.isEvent || (eventId !== undefined && settled.has(eventId))) return false;
    settled.add(eventId);
    return true;
  });
  const deliveriesOf = (list: readonly Found[]) => list.map(({ delivery }) => delivery);
  return {
    deliveries: deliveriesOf(deliveries),
    unreadable: deliveriesOf(wanted.filter(({ isEvent }) => !isEvent)),
    logs,
  };
}

/** A delivery, and what decides whether and when it is replayed. */
interface Found {
  readonly delivery: LoggedDelivery;
  /** Whether the payload is a JSON object. */
  readonly isEvent: boolean;
  /** When it was delivered, in epoch milliseconds; 0 if that cannot be read, because Dixa promises no format. */
  readonly time: number;
}

function read(subscriptionId: string, type: AnyEventType, { deliveryDetail, payload }: EventDeliveryLog): Found {
  const { deliveryTimestamp: deliveredAt, success, responseCode, responseText } = deliveryDetail;
  const event = eventOf(payload);
  const eventId = typeof event?.event_id === 'string' ? event.event_id : undefined;
  return {
    delivery: { subscriptionId, type, eventId, deliveredAt, success, responseCode, responseText, payload },
    isEvent: event !== undefined,
    time: Date.parse(deliveredAt) || 0,
  };
}

function eventOf(payload: string): { readonly event_id?: unknown } | undefined {
  try {
    return parseEvent(payload);
  } catch {
    // It is reported as unreadable.
    return undefined;
  }
}

function eventIdOf({ delivery }: Found): string | undefined {
  return delivery.eventId;
}

function byTime(a: Found, b: Found): number {
  return a.time - b.time;
}
