import type { DixaWebhooks, WebhookEventType } from '../../src/client/index.js';
import { subscriptionId } from './fake-dixa.js';

/** A call of an operation with an id in its path. */
export interface CallById {
  readonly name: string;
  readonly call: (dixa: DixaWebhooks, id: string) => Promise<unknown>;
}

const one = '/webhooks/{webhookSubscriptionId}';
const statuses = '/webhooks/{webhookSubscriptionId}/delivery-status';
const logs = '/webhooks/{webhookSubscriptionId}/delivery-status/logs/{event}';

const params = (webhookSubscriptionId: string) => ({ params: { path: { webhookSubscriptionId } } });
const logParams = (webhookSubscriptionId: string, event: string) => ({
  params: { path: { webhookSubscriptionId, event } },
});

/** Every way to call with an id. */
export const byId: readonly CallById[] = [
  { name: 'get', call: (dixa, id) => dixa.get(id) },
  { name: 'update', call: (dixa, id) => dixa.update(id, { enabled: true }) },
  { name: 'delete', call: (dixa, id) => dixa.delete(id) },
  { name: 'deliveryStatuses', call: (dixa, id) => dixa.deliveryStatuses(id) },
  { name: 'deliveryLogs', call: (dixa, id) => dixa.deliveryLogs(id, 'ConversationCreated') },
  { name: 'raw.GET', call: ({ raw }, id) => raw.GET(one, params(id)) },
  { name: 'raw.PATCH', call: ({ raw }, id) => raw.PATCH(one, { ...params(id), body: {} }) },
  { name: 'raw.DELETE', call: ({ raw }, id) => raw.DELETE(one, params(id)) },
  { name: 'raw.GET of the statuses', call: ({ raw }, id) => raw.GET(statuses, params(id)) },
  { name: 'raw.GET of the logs', call: ({ raw }, id) => raw.GET(logs, logParams(id, 'ConversationCreated')) },
];

/** A call of the operation with an event name in its path. */
export interface CallByEvent {
  readonly name: string;
  readonly call: (dixa: DixaWebhooks, event: string) => Promise<unknown>;
}

/** Every way to call with an event's name in the path. */
export const byEvent: readonly CallByEvent[] = [
  { name: 'deliveryLogs', call: (dixa, event) => dixa.deliveryLogs(subscriptionId, event as WebhookEventType) },
  { name: 'raw.GET', call: ({ raw }, event) => raw.GET(logs, logParams(subscriptionId, event)) },
];
