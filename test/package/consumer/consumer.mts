// Compiled against the installed package; not run.
import {
  allOf,
  createDixaWebhooks,
  type DixaWebhooks,
  isOneOf,
  tokenAuth,
  type WebhookEventType,
  type WebhookSubscription,
  webhookEventTypes,
} from 'dixa-webhooks';
import {
  applyPlan,
  failedDeliveries,
  planSubscriptions,
  replayDelivery,
  type WantedSubscription,
} from 'dixa-webhooks/manage';
import { createReceiver, type Receiver, type WebhookEvent } from 'dixa-webhooks/receiver';
import { type RedisClient, redisDedupe } from 'dixa-webhooks/receiver/redis';

const names: readonly WebhookEventType[] = webhookEventTypes;

export async function ensure(url: string, dixa: DixaWebhooks = createDixaWebhooks()): Promise<WebhookSubscription> {
  const existing = (await dixa.list()).find((subscription) => subscription.url === url);
  if (existing)
    return dixa.update(existing.id, { events: [...(existing.subscribedEvents ?? []), 'ConversationRated'] });
  return dixa.create({
    name: 'Orders',
    url,
    events: names,
    authorization: tokenAuth('a-token'),
    filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) },
  });
}

export async function failing(dixa: DixaWebhooks, id: string): Promise<number[]> {
  const codes: number[] = [];
  for (const { deliveryStatus } of await dixa.deliveryStatuses(id)) {
    if (deliveryStatus._type === 'DeliveryDetail' && !deliveryStatus.success) codes.push(deliveryStatus.responseCode);
  }
  return codes;
}

export async function throughRaw(dixa: DixaWebhooks): Promise<string | undefined> {
  const { data, response } = await dixa.raw.GET('/webhooks');
  return response.ok ? data?.data?.[0]?.url : undefined;
}

export function typos(dixa: DixaWebhooks): void {
  // @ts-expect-error: the property is `enabled`.
  void dixa.update('id', { enabeld: false });
  // @ts-expect-error: the event type is `ConversationRated`.
  void dixa.update('id', { events: ['ConversationRatd'] });
}

export function receive(secret: string, redis: RedisClient): Receiver {
  const receiver = createReceiver({ secret, dedupe: redisDedupe(redis) });
  receiver.on(['ConversationClosed', 'ConversationRated'], (event) => {
    if (event.type === 'ConversationRated') console.log(event.data.score, event.data.conversation?.csid);
    // @ts-expect-error: only a rating has a score.
    else console.log(event.data.score);
  });
  return receiver;
}

export async function replay(dixa: DixaWebhooks, receiver: Receiver, id: string, secret: string): Promise<boolean> {
  const { deliveries } = await failedDeliveries(dixa, id, { events: ['ConversationRated'] });
  const results = await Promise.all(
    deliveries.map((delivery) => replayDelivery(delivery, { receive: receiver.receive, secret })),
  );
  return results.every(({ success }) => success);
}

export async function deploy(dixa: DixaWebhooks): Promise<void> {
  const wanted = [{ name: 'Ratings', events: ['ConversationRated'] }] satisfies WantedSubscription[];
  const plan = planSubscriptions(wanted, await dixa.list(), { prune: true });
  await applyPlan(dixa, plan, { onStep: ({ action, id }) => console.log(action, id) });
  // @ts-expect-error: what is read is not what is wanted.
  planSubscriptions(await dixa.list(), []);
}

// Its declaration can be written without naming what the package keeps to itself.
export const scoreOf = (event: WebhookEvent<'ConversationRated'>) => event;
