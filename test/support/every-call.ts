import type { OperationId } from '../../generated/operations.js';
import { type CallOptions, DixaApiError, type DixaWebhooks } from '../../src/client/index.js';
import { newSubscription, rawSubscription, subscriptionId } from './fake-dixa.js';

/** One of the ways in which an operation can be called. */
export interface Way {
  /** For the name of a test. */
  readonly name: string;
  readonly operationId: OperationId;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly isRaw: boolean;
  /** Calls it. Gives the status of an HTTP error, and 200 for any success; all else rejects. */
  readonly call: (dixa: DixaWebhooks, options?: CallOptions) => Promise<number>;
}

const path = { webhookSubscriptionId: subscriptionId };
const logPath = { ...path, event: 'ConversationCreated' };
const collection = '/webhooks';
const one = '/webhooks/{webhookSubscriptionId}';
const statuses = '/webhooks/{webhookSubscriptionId}/delivery-status';
const logs = '/webhooks/{webhookSubscriptionId}/delivery-status/logs/{event}';

type Call = (dixa: DixaWebhooks, options?: CallOptions) => Promise<unknown>;

const calls: readonly (readonly [OperationId, Way['method'], byMethod: Call, byRaw: Call])[] = [
  [
    'listWebhookSubscriptions',
    'GET',
    (dixa, options) => dixa.list(options),
    ({ raw }, options) => raw.GET(collection, { ...(options as object) }),
  ],
  [
    'createWebhookSubscription',
    'POST',
    (dixa, options) => dixa.create(newSubscription, options),
    ({ raw }, options) => raw.POST(collection, { ...(options as object), body: rawSubscription }),
  ],
  [
    'getWebhookSubscription',
    'GET',
    (dixa, options) => dixa.get(subscriptionId, options),
    ({ raw }, options) => raw.GET(one, { ...(options as object), params: { path } }),
  ],
  [
    'updateWebhookSubscription',
    'PATCH',
    (dixa, options) => dixa.update(subscriptionId, { enabled: false }, options),
    ({ raw }, options) => raw.PATCH(one, { ...(options as object), params: { path }, body: { enabled: false } }),
  ],
  [
    'deleteWebhookSubscription',
    'DELETE',
    (dixa, options) => dixa.delete(subscriptionId, options),
    ({ raw }, options) => raw.DELETE(one, { ...(options as object), params: { path } }),
  ],
  [
    'listDeliveryStatuses',
    'GET',
    (dixa, options) => dixa.deliveryStatuses(subscriptionId, options),
    ({ raw }, options) => raw.GET(statuses, { ...(options as object), params: { path } }),
  ],
  [
    'listDeliveryLogs',
    'GET',
    (dixa, options) => dixa.deliveryLogs(subscriptionId, 'ConversationCreated', options),
    ({ raw }, options) => raw.GET(logs, { ...(options as object), params: { path: logPath } }),
  ],
];

async function statusOfMethod(result: Promise<unknown>): Promise<number> {
  return result.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof DixaApiError) return error.status;
      throw error;
    },
  );
}

async function statusOfRaw(result: Promise<unknown>): Promise<number> {
  const { response } = (await result) as { response: Response };
  return response.ok ? 200 : response.status;
}

/** Every operation by its method and through `raw`. */
export const ways: readonly Way[] = calls.flatMap(([operationId, method, byMethod, byRaw]) => [
  {
    name: operationId,
    operationId,
    method,
    isRaw: false,
    call: (dixa: DixaWebhooks, options?: CallOptions) => statusOfMethod(byMethod(dixa, options)),
  },
  {
    name: `${operationId} through raw`,
    operationId,
    method,
    isRaw: true,
    call: (dixa: DixaWebhooks, options?: CallOptions) => statusOfRaw(byRaw(dixa, options)),
  },
]);

/** Those that repeat safely. */
export const repeatable: readonly Way[] = ways.filter(({ method }) => method !== 'POST');

/** Those that create. */
export const creating: readonly Way[] = ways.filter(({ method }) => method === 'POST');

/** Those that delete. */
export const deleting: readonly Way[] = ways.filter(({ method }) => method === 'DELETE');

/** A way for each HTTP method, by method and through `raw`. */
export const oneOfEach: readonly Way[] = ways.filter(
  ({ method, isRaw }, index) => ways.findIndex((way) => way.method === method && way.isRaw === isRaw) === index,
);
