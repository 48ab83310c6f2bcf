import type { DixaWebhooks } from 'dixa-webhooks';
import { createReceiver, memoryDedupe, type Receiver } from 'dixa-webhooks/receiver';

export interface LowRating {
  readonly conversation: number | undefined;
  readonly score: number;
  readonly comment: string | undefined;
}

/** The storage of the app: a database, and a vault for the secret. */
export interface Store {
  saveSecret(subscriptionId: string, secret: string): Promise<void>;
  findSecret(subscriptionId: string): Promise<string | undefined>;
  addLowRating(rating: LowRating): Promise<void>;
}

/** Subscribes to ratings. Resolves with the id of the subscription. */
export async function subscribe(dixa: DixaWebhooks, store: Store, url: string): Promise<string> {
  // Nothing is delivered until the receiver can find the secret.
  const created = await dixa.create({ name: 'Low ratings', url, events: ['ConversationRated'], enabled: false });
  await store.saveSecret(created.id, created.secretKey);
  await dixa.update(created.id, { enabled: true });
  return created.id;
}

/** Receives ratings, and stores those of 1 and 2. */
export function createRatingsReceiver(store: Store): Receiver {
  const receiver = createReceiver({ secret: (id) => (id ? store.findSecret(id) : undefined), dedupe: memoryDedupe() });
  receiver.on('ConversationRated', async ({ data: { conversation, score, comment } }) => {
    if (score === undefined || score > 2) return; // A comment on a rating may come without its score.
    await store.addLowRating({ conversation: conversation?.csid, score, comment });
  });
  return receiver;
}
