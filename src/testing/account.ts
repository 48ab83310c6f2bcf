import type { components } from '../../generated/openapi.js';
import type { OperationId } from '../../generated/operations.js';
import { authorizationHeader } from '../shared/authorization-header.js';

type Schemas = components['schemas'];
type Log = Schemas['EventDeliveryLog'];

/** A subscription as Dixa returns it. */
export type Subscription = Schemas['WebhookSubscription'];

/** The body of a request that creates a subscription. */
export type NewSubscription = Schemas['CreateWebhookSubscription'];

/** How many delivery logs are kept per event type. Assumed: Dixa does not document how many it keeps. */
const LOGS_KEPT = 50;

/** Performs an operation and returns the `data` of its response. */
type Handler = (parameters: Readonly<Record<string, string>>, body: unknown) => unknown;

/** A subscription, with the state that a read does not show. */
interface Entry {
  readonly subscription: Subscription;
  /** The body as written: a read merges `authorization` and `customHeaders` into `headers`. */
  readonly body: NewSubscription;
  /** The delivery logs by event type, newest first. */
  readonly logs: Map<string, Log[]>;
}

/** The subscriptions of an organization, kept in memory. */
export interface Account {
  /** Creates a subscription. The id and the secret are random by default. */
  create(body: NewSubscription, id?: string, secretKey?: string): Subscription;
  has(id: string): boolean;
  /** Performs an operation and returns the `data` of its response. Throws {@link NotFound}. */
  carryOut(id: OperationId, parameters: Readonly<Record<string, string>>, body: unknown): unknown;
  /** The enabled subscriptions to an event type. Filters are not applied. */
  subscribersOf(event: string): Subscription[];
  /** Adds a delivery to the logs of a subscription, if the subscription still exists. */
  log(id: string, event: string, log: Log): void;
}

/** The subscription does not exist. */
export class NotFound extends Error {}

export function createAccount(): Account {
  const entries = new Map<string, Entry>();
  const user = crypto.randomUUID();
  // UUIDs are case-insensitive.
  const find = (id = '') => entries.get(id.toLowerCase());

  function set(entry: Entry): Subscription {
    entries.set(entry.subscription.id.toLowerCase(), entry);
    return entry.subscription;
  }

  function create(body: NewSubscription, id: string = crypto.randomUUID(), secretKey = randomHex()): Subscription {
    const now = new Date().toISOString();
    const fixed = { id, secretKey, createdAt: now, createdBy: user };
    return set({ subscription: { ...fixed, updatedAt: now, updatedBy: user, ...readOf(body) }, body, logs: new Map() });
  }

  /** Makes a handler for an operation on one subscription. */
  const onOne =
    (handle: (entry: Entry, body: Partial<NewSubscription>, event: string) => unknown): Handler =>
    ({ webhookSubscriptionId, event = '' }, body) => {
      const entry = find(webhookSubscriptionId);
      if (!entry) throw new NotFound();
      return handle(entry, body as Partial<NewSubscription>, event);
    };

  /** Keyed by `OperationId`, so that a new operation does not compile without a handler. */
  const handlers: Readonly<Record<OperationId, Handler>> = {
    listWebhookSubscriptions: () => [...entries.values()].map(({ subscription }) => subscription),
    createWebhookSubscription: (_, body) => create(body as NewSubscription),
    getWebhookSubscription: onOne(({ subscription }) => subscription),
    updateWebhookSubscription: onOne(({ subscription: old, logs, ...entry }, changes) => {
      const body = { ...entry.body, ...changes };
      return set({ subscription: { ...old, ...readOf(body), updatedAt: new Date().toISOString() }, body, logs });
    }),
    deleteWebhookSubscription: onOne(({ subscription: { id } }) => void entries.delete(id.toLowerCase())),
    listDeliveryStatuses: onOne(statusesOf),
    listDeliveryLogs: onOne(({ logs }, _, event) => logs.get(event) ?? []),
  };

  return {
    create,
    has: (id) => find(id) !== undefined,
    carryOut: (id, parameters, body) => handlers[id](parameters, body),
    subscribersOf: (event) =>
      [...entries.values()]
        .map(({ subscription }) => subscription)
        .filter(({ enabled, subscribedEvents }) => enabled && subscribedEvents?.includes(event)),
    log(id, event, log) {
      const logs = find(id)?.logs;
      logs?.set(event, [log, ...(logs.get(event) ?? [])].slice(0, LOGS_KEPT));
    },
  };
}

/**
 * The fields that a read returns for a written body. Assumed: `headers` includes the custom headers, and a subscription
 * without `events` receives nothing.
 */
function readOf({ name, url, events = [], authorization, customHeaders, enabled = true, filters }: NewSubscription) {
  const header = authorizationHeader(authorization);
  const headers = { ...customHeaders, ...(header && { Authorization: header }) };
  return { name, url, subscribedEvents: events, headers, enabled, ...(filters && { filters }) };
}

/** The latest delivery of each event type that is subscribed to or has been delivered. */
function statusesOf({ subscription, logs }: Entry): Schemas['EventDeliveryStatus'][] {
  const events = new Set([...(subscription.subscribedEvents ?? []), ...logs.keys()]);
  return [...events].map((event) => {
    const latest = logs.get(event)?.[0]?.deliveryDetail;
    return { event, deliveryStatus: latest ? { ...latest, _type: 'DeliveryDetail' } : { _type: 'NoRecentDelivery' } };
  });
}

function randomHex(): string {
  return `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '');
}
