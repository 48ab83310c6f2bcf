import { createDixaWebhooks, type WebhookEventType } from '../../../src/client/index.js';

const { raw } = createDixaWebhooks();
const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';

export async function theContractIsTyped() {
  const one = await raw.GET('/webhooks/{webhookSubscriptionId}', { params: { path: { webhookSubscriptionId: id } } });
  const url: string | undefined = one.data?.data.url;
  const message: string | undefined = one.error?.message;
  await raw.POST('/webhooks', {
    body: { name: 'n', url: 'https://example.com', authorization: { _type: 'NoAuth' }, customHeaders: {} },
    timeoutMs: 1000,
    maxRetries: 0,
  });
  return { url, message };
}

export async function unionsNarrowOnType() {
  const path = { webhookSubscriptionId: id };
  const { data } = await raw.GET('/webhooks/{webhookSubscriptionId}/delivery-status', { params: { path } });
  const status = data?.data?.[0]?.deliveryStatus;
  // @ts-expect-error Property 'responseCode' does not exist on type
  status?.responseCode;
  return status?._type === 'DeliveryDetail' ? status.responseCode : undefined;
}

const params = { path: { webhookSubscriptionId: id } };
// @ts-expect-error Argument of type '"/webhook"' is not assignable to parameter of type
raw.GET('/webhook');
// @ts-expect-error Property 'webhookSubscriptionId' is missing in type '{}'
raw.GET('/webhooks/{webhookSubscriptionId}', { params: { path: {} } });
// @ts-expect-error Property 'authorization' is missing in type
raw.POST('/webhooks', { body: { name: 'n', url: 'https://example.com', customHeaders: {} } });
// @ts-expect-error Type '"ConversationRatd"' is not assignable to type
raw.PATCH('/webhooks/{webhookSubscriptionId}', { params, body: { events: ['ConversationRatd'] } });
// @ts-expect-error 'timeOutMs' does not exist in type
raw.GET('/webhooks', { timeOutMs: 5 });
// @ts-expect-error 'maxRetrys' does not exist in type
raw.PATCH('/webhooks/{webhookSubscriptionId}', { params, body: { name: 'n' }, maxRetrys: 1 });
// @ts-expect-error 'nam' does not exist in type
raw.PATCH('/webhooks/{webhookSubscriptionId}', { params, body: { nam: 'n' } });
// @ts-expect-error Property 'PUT' does not exist on type
raw.PUT('/webhooks', {});

export async function theResultFollowsParseAs() {
  const asText = await raw.GET('/webhooks', { parseAs: 'text', timeoutMs: 5, cache: 'no-store' });
  const text: string | undefined = asText.data;
  const asStream = await raw.GET('/webhooks/{webhookSubscriptionId}', { params, parseAs: 'stream' });
  const stream: ReadableStream<Uint8Array> | null | undefined = asStream.data;
  return { text, stream };
}

export async function whatIsReadMayBeSentBackWithACast() {
  const { data } = await raw.GET('/webhooks/{webhookSubscriptionId}', { params });
  const read: string[] = data?.data.subscribedEvents ?? [];
  // @ts-expect-error Type 'string[]' is not assignable to type
  await raw.PATCH('/webhooks/{webhookSubscriptionId}', { params, body: { events: read } });
  const events = read as WebhookEventType[];
  await raw.PATCH('/webhooks/{webhookSubscriptionId}', { params, body: { events } });
}
