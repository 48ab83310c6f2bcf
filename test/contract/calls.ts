import { type OperationId, operations } from '../../generated/operations.js';
import type { CallOptions, CreateWebhookSubscription, DixaWebhooks } from '../../src/client/index.js';

/** The result of openapi-fetch. */
interface RawResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** One valid call of an operation, by the client's method and by `raw`. */
interface Calls {
  method(dixa: DixaWebhooks, options: CallOptions): Promise<unknown>;
  raw(dixa: DixaWebhooks, options: { headers: Record<string, string> }): Promise<RawResult>;
}

/** The values of the path parameters in these calls. */
export const pathValues = {
  webhookSubscriptionId: '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
  event: 'ConversationCreated',
} as const;

/** The path that these calls of an operation ask for. */
export function pathOf(id: OperationId): string {
  return operations[id].path.replace(/\{(\w+)\}/g, (_, name) => pathValues[name as keyof typeof pathValues]);
}

const { webhookSubscriptionId: id, event } = pathValues;
const subscription = {
  name: 'Archive',
  url: 'https://hooks.example.com/dixa/archive',
  events: ['ConversationClosed'],
} satisfies CreateWebhookSubscription;
const changes = { enabled: false };
const one = { path: { webhookSubscriptionId: id } };

export const calls: { readonly [Id in OperationId]: Calls } = {
  listWebhookSubscriptions: {
    method: (dixa, options) => dixa.list(options),
    raw: ({ raw }, options) => raw.GET('/webhooks', options),
  },
  createWebhookSubscription: {
    method: (dixa, options) => dixa.create(subscription, options),
    raw: ({ raw }, options) =>
      raw.POST('/webhooks', {
        ...options,
        body: { ...subscription, authorization: { _type: 'NoAuth' }, customHeaders: {} },
      }),
  },
  getWebhookSubscription: {
    method: (dixa, options) => dixa.get(id, options),
    raw: ({ raw }, options) => raw.GET('/webhooks/{webhookSubscriptionId}', { ...options, params: one }),
  },
  updateWebhookSubscription: {
    method: (dixa, options) => dixa.update(id, changes, options),
    raw: ({ raw }, options) =>
      raw.PATCH('/webhooks/{webhookSubscriptionId}', { ...options, params: one, body: changes }),
  },
  deleteWebhookSubscription: {
    method: (dixa, options) => dixa.delete(id, options),
    raw: ({ raw }, options) => raw.DELETE('/webhooks/{webhookSubscriptionId}', { ...options, params: one }),
  },
  listDeliveryStatuses: {
    method: (dixa, options) => dixa.deliveryStatuses(id, options),
    raw: ({ raw }, options) =>
      raw.GET('/webhooks/{webhookSubscriptionId}/delivery-status', { ...options, params: one }),
  },
  listDeliveryLogs: {
    method: (dixa, options) => dixa.deliveryLogs(id, event, options),
    raw: ({ raw }, options) =>
      raw.GET('/webhooks/{webhookSubscriptionId}/delivery-status/logs/{event}', {
        ...options,
        params: { path: pathValues },
      }),
  },
};
