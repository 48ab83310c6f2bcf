import { createDixaWebhooks } from 'dixa-webhooks';
import { failedDeliveries, replayDelivery } from 'dixa-webhooks/manage';
import { createSandbox, sampleEvent, signedDelivery, spoilings } from 'dixa-webhooks/testing';
import { beforeEach, expect, it, vi } from 'vitest';
import { createRatingsReceiver, type LowRating, type Store, subscribe } from './app.js';

let ratings: LowRating[];
let store: Store;
beforeEach(() => {
  const secrets = new Map<string, string>();
  ratings = [];
  store = {
    saveSecret: async (id, secret) => void secrets.set(id, secret),
    findSecret: async (id) => secrets.get(id),
    addLowRating: async (rating) => void ratings.push(rating),
  };
});

/** The whole integration in this process, with a sandbox in place of Dixa. */
async function start() {
  const receiver = createRatingsReceiver(store);
  const errors = vi.fn();
  receiver.onError(errors);
  const sandbox = createSandbox({ deliver: receiver.fetch });
  const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false });
  const id = await subscribe(dixa, store, 'https://ratings.example.com/dixa');
  const { secretKey: secret } = await dixa.get(id);
  return { receiver, errors, sandbox, dixa, id, secret };
}

it('stores a low rating', async () => {
  const { sandbox } = await start();
  const conversation = { csid: 7 };
  await sandbox.trigger('ConversationRated', { data: { conversation, score: 1, comment: 'Too slow' } });
  expect(ratings).toEqual([{ conversation: 7, score: 1, comment: 'Too slow' }]);
});

it.each([5, undefined])('does not store the score %s', async (score) => {
  const { sandbox } = await start();
  const [delivery] = await sandbox.trigger('ConversationRated', { data: { score } });
  expect(delivery).toMatchObject({ success: true });
  expect(ratings).toEqual([]);
});

it('stores a rating once, however often it is delivered', async () => {
  const { sandbox } = await start();
  await sandbox.trigger('ConversationRated', { data: { score: 2 } }, { copies: 3 });
  expect(ratings).toHaveLength(1);
});

it('loses no rating while the database is down', async () => {
  const { sandbox, dixa, id, secret, receiver, errors } = await start();
  const down = vi.spyOn(store, 'addLowRating').mockRejectedValue(new Error('The database is down.'));
  const [delivery] = await sandbox.trigger('ConversationRated', { data: { score: 1 } });
  expect(delivery).toMatchObject({ success: false, status: 500 });
  expect(errors).toHaveBeenCalledOnce();

  down.mockRestore();
  const { deliveries } = await failedDeliveries(dixa, id);
  for (const failed of deliveries) {
    const replayed = await replayDelivery(failed, { receive: receiver.receive, secret });
    expect(replayed).toMatchObject({ success: true });
  }
  expect(ratings).toMatchObject([{ score: 1 }]);
});

it.each(spoilings)('refuses a delivery that is spoiled: %s', async (spoil) => {
  const { receiver, secret, id } = await start();
  const event = sampleEvent('ConversationRated', { data: { score: 1 } });
  const { status } = await receiver.receive(await signedDelivery(event, { secret, subscriptionId: id, spoil }));
  expect([400, 401]).toContain(status);
  expect(ratings).toEqual([]);
});
