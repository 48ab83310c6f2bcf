import { createReceiver } from 'dixa-webhooks/receiver';
import { createSandbox, sampleEvent, signedDelivery, spoilings, startSandbox } from 'dixa-webhooks/testing';
import { type Check, expectEqual } from './check.js';
import { makeClient, newSubscription } from './client.js';
import type { Platform } from './platform.js';

/** An integration with the testing kit in place of Dixa. */
export function testingChecks(platform: Platform): Check[] {
  return [
    {
      name: 'the sandbox delivers an event in process, and logs it',
      async run() {
        let secret = '';
        const receiver = createReceiver({ secret: () => secret });
        const handled: unknown[] = [];
        receiver.on('ConversationClosed', (event) => void handled.push(event.data.conversation?.csid));
        const sandbox = createSandbox({ deliver: receiver.fetch });
        const dixa = makeClient(platform, { apiKey: sandbox.apiKey, fetch: sandbox.fetch });
        const { id, secretKey } = await dixa.create(newSubscription);
        secret = secretKey;
        const [delivery] = await sandbox.trigger('ConversationClosed', { data: { conversation: { csid: 7 } } });
        const [log] = await dixa.deliveryLogs(id, 'ConversationClosed');
        expectEqual([handled, delivery?.status, log?.deliveryDetail.success], [[7], 200, true]);
      },
    },
    {
      name: 'a receiver refuses every delivery that was spoiled',
      async run() {
        const secret = '5d'.repeat(32);
        const receiver = createReceiver({ secret });
        receiver.onError(() => {});
        const outcomes: string[] = [];
        for (const spoil of [undefined, ...spoilings]) {
          const delivery = await signedDelivery(sampleEvent('ConversationRated'), { secret, spoil });
          outcomes.push((await receiver.receive(delivery)).outcome);
        }
        expectEqual(outcomes, ['handled', ...spoilings.map(() => 'refused')]);
      },
    },
  ];
}

/** For runtimes that have node:http. */
export const sandboxServer: Check = {
  name: 'the sandbox serves Dixa on a port, and closes',
  async run() {
    const sandbox = await startSandbox({ deliver: () => new Response() });
    const dixa = makeClient({ isBrowser: false }, { apiKey: sandbox.apiKey, baseUrl: sandbox.url });
    const { id } = await dixa.create(newSubscription);
    const response = await fetch(new URL('/-/trigger', sandbox.url), {
      method: 'POST',
      headers: { authorization: sandbox.apiKey },
      body: JSON.stringify({ type: 'ConversationClosed' }),
    });
    expectEqual([response.status, (await dixa.deliveryLogs(id, 'ConversationClosed')).length], [200, 1]);
    await sandbox.close();
    const [closed] = await Promise.allSettled([fetch(sandbox.url)]);
    expectEqual(closed.status, 'rejected');
  },
};
