import type { components } from '../../generated/openapi.js';
import type { OperationId } from '../../generated/operations.js';

type Schemas = components['schemas'];
type Log = Schemas['EventDeliveryLog'];

/** A subscription as Dixa returns it. */
export type Subscription = Schemas['WebhookSubscription'];

/** The body of a request that creates a subscription. */
export type NewSubscription = Schemas['CreateWebhookSubscription'];

/** How many logs are kept of each event type. Made up: Dixa does not document how long it keeps them. */
const LOGS_KEPT = 50;

/** Carries out an operation, and returns the `data` of its response. */
type Handler = (parameters: Readonly<Record<string, string>>, body: unknown) => unknown;

/** One subscription, and what is known of it besides what a read shows. */
interface Entry {
  readonly subscription: Subscription;
  /** As it was written: a read does not show `authorization` and `customHeaders` apart. */
  readonly body: NewSubscription;
  /** By event type, the newest first. */
  readonly logs: Map<string, Log[]>;
}

/** The subscriptions of an organization, in memory. */
export interface Account {
  /** Creates a subscription; its id and its secret are random unless given. */
  create(body: NewSubscription, id?: string, secretKey?: string): Subscription;
  has(id: string): boolean;
  /** Carries out an operation, and returns the `data` of its response. Throws {@link NotFound}. */
  carryOut(id: OperationId, parameters: Readonly<Record<string, string>>, body: unknown): unknown;
  /** The enabled subscriptions to an event type. Filters are not applied. */
  subscribersOf(event: string): Subscription[];
  /** Adds a delivery to the logs of a subscription, if that still exists. */
  log(id: string, event: string, log: Log): void;
}

/** There is no such subscription. */
export class NotFound extends Error {}

export function createAccount(): Account {
  const entries = new Map<string, Entry>();
  const user = crypto.randomUUID();
  // The case of a UUID does not matter.
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

  /** An operation on one subscription. */
  const onOne =
    (handle: (entry: Entry, body: Partial<NewSubscription>, event: string) => unknown): Handler =>
    ({ webhookSubscriptionId, event = '' }, body) => {
      const entry = find(webhookSubscriptionId);
      if (!entry) throw new NotFound();
      return handle(entry, body as Partial<NewSubscription>, event);
    };

  /** A new operation does not compile until it is carried out. */
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
 * What a read shows of what was written. Made up: custom headers are among the `headers`, and without `events` there are
 * no deliveries.
 */
function readOf({ name, url, events = [], authorization, customHeaders, enabled = true, filters }: NewSubscription) {
  const headers = { ...customHeaders, ...authorizationHeader(authorization) };
  return { name, url, subscribedEvents: events, headers, enabled, ...(filters && { filters }) };
}

function authorizationHeader(authorization: NewSubscription['authorization']): Record<string, string> {
  if (authorization._type === 'NoAuth') return {};
  if (authorization._type === 'TokenAuth') return { Authorization: `Bearer ${authorization.value}` };
  let bytes = '';
  for (const byte of new TextEncoder().encode(`${authorization.username}:${authorization.password}`)) {
    bytes += String.fromCharCode(byte);
  }
  return { Authorization: `Basic ${btoa(bytes)}` };
}

/** The latest delivery of each event type that is subscribed to or was delivered. */
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
