import {
  createDixaWebhooks,
  type DeliveryDetail,
  DixaApiError,
  DixaError,
  DixaNotFoundError,
  DixaRateLimitError,
  isWebhookEventType,
  type NoRecentDelivery,
  type UnknownEventType,
  type WebhookEventType,
  type WebhookSubscription,
} from '../../../src/client/index.js';

/** Compiles where the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_proof: Same<A, B>): void {}

const dixa = createDixaWebhooks();
const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';

export async function results() {
  same<Awaited<ReturnType<typeof dixa.list>>, WebhookSubscription[]>(true);
  same<Awaited<ReturnType<typeof dixa.delete>>, void>(true);
  const subscription = await dixa.get(id);
  const secret: string = subscription.secretKey;
  // @ts-expect-error Property 'secretkey' does not exist on type 'WebhookSubscription'
  subscription.secretkey;
  // @ts-expect-error 'subscription.subscribedEvents' is possibly 'undefined'
  subscription.subscribedEvents.length;
  return secret;
}

export async function unionsNarrowOnType() {
  for (const { deliveryStatus } of await dixa.deliveryStatuses(id)) {
    // @ts-expect-error Property 'responseCode' does not exist on type
    deliveryStatus.responseCode;
    if (deliveryStatus._type === 'DeliveryDetail') {
      same<typeof deliveryStatus, DeliveryDetail>(true);
      const code: number = deliveryStatus.responseCode;
      void code;
    } else {
      same<typeof deliveryStatus, NoRecentDelivery>(true);
    }
  }
  const { filters } = await dixa.get(id);
  const condition = filters?.Conversation?.conditions[0];
  if (condition?._type === 'IsNotOneOf') {
    const values: readonly string[] = condition.values;
    void values;
  }
}

export async function anUnknownEventTypeInAReplyCompiles() {
  const subscription = await dixa.get(id);
  for (const event of subscription.subscribedEvents ?? []) {
    const name: string = event;
    if (isWebhookEventType(event)) same<typeof event, WebhookEventType>(true);
    else same<typeof event, UnknownEventType>(true);
    if (event === 'ConversationRated') return name;
  }
  return undefined;
}

export async function whatWasReadCanBeSentBack() {
  const subscription = await dixa.get(id);
  await dixa.update(id, { events: [...(subscription.subscribedEvents ?? []), 'ConversationRated'] });
  await dixa.update(id, { events: subscription.subscribedEvents, filters: subscription.filters });
  const { name, url, enabled, filters } = subscription;
  await dixa.create({ name, url, enabled, filters, events: subscription.subscribedEvents ?? [] });
  for (const { event } of await dixa.deliveryStatuses(id)) await dixa.deliveryLogs(id, event);
}

export function errorsNarrow(error: unknown) {
  if (error instanceof DixaRateLimitError) {
    const wait: number | undefined = error.retryAfterMs;
    return wait;
  }
  if (DixaNotFoundError.is(error)) {
    same<typeof error, DixaNotFoundError>(true);
    return error.status;
  }
  if (DixaApiError.is(error)) return error.headers.get('date') ?? error.outcome;
  if (DixaError.is(error)) {
    // @ts-expect-error Property 'status' does not exist on type 'DixaError'
    error.status;
    return error.code;
  }
  return undefined;
}
