import { createDixaWebhooks } from 'dixa-webhooks';
import { createReceiver, type EventHandler, type WebhookEvent } from 'dixa-webhooks/receiver';
import { createSandbox, sampleEvent, signedDelivery, spoilings, startSandbox } from 'dixa-webhooks/testing';

const secret = '0f'.repeat(32);

// A sample is what a handler is called with.
const handler = (event: WebhookEvent<'ConversationRated'>) => event.data.score;
handler(sampleEvent('ConversationRated'));
handler(sampleEvent('ConversationRated', { data: { score: 1, comment: undefined, conversation: { queue: null } } }));
const any: EventHandler = (event) => event.type;
any(sampleEvent('TypingStarted'), {} as never);
// @ts-expect-error not assignable to parameter of type 'ConversationRatedEvent'
handler(sampleEvent('ConversationCreated'));

// @ts-expect-error Argument of type '"ConversationRatd"' is not assignable
sampleEvent('ConversationRatd');
// @ts-expect-error Did you mean to write 'score'?
sampleEvent('ConversationRated', { data: { scor: 1 } });
// @ts-expect-error Type 'string' is not assignable to type 'number'
sampleEvent('ConversationRated', { data: { score: '1' } });
// @ts-expect-error 'type' does not exist in type
sampleEvent('ConversationRated', { type: 'ConversationCreated' });
// A field with known values may have others.
sampleEvent('ConversationRated', { data: { conversation: { channel: 'EMAIL' } } });
sampleEvent('ConversationRated', { data: { conversation: { channel: 'newer than this version' } } });
// @ts-expect-error Type '{}' is not assignable to type
sampleEvent('ConversationRated', { data: { conversation: { channel: {} } } });
// A list is replaced as a whole.
sampleEvent('ConversationCreated', { data: { conversation: { tags: [{ name: 'vip' }] } } });
// The content of `data` is unknown for these.
sampleEvent('TypingStarted', { data: { agent: 'x' } });

const receiver = createReceiver({ secret });
const delivery = await signedDelivery(sampleEvent('ConversationRated'), { secret, spoil: spoilings[0] });
await receiver.receive(delivery);
await receiver.fetch(new Request('https://hooks.example.com', delivery));
await fetch('https://hooks.example.com', delivery);
// @ts-expect-error Did you mean '"unsigned"'?
await signedDelivery(sampleEvent('ConversationRated'), { secret, spoil: 'unsignd' });

const sandbox = createSandbox({
  deliver: receiver.fetch,
  subscriptions: [{ name: 'a', url: 'https://a.example', events: ['ConversationRated'], id: 'x', secretKey: secret }],
});
createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch });
const [first] = await sandbox.trigger('ConversationRated', { data: { score: 1 } }, { copies: 2 });
export const status: number | undefined = first?.status;
// @ts-expect-error Did you mean to write 'score'?
await sandbox.trigger('ConversationRated', { data: { scor: 1 } });
// @ts-expect-error 'copy' does not exist in type 'TriggerOptions'
await sandbox.trigger('ConversationRated', {}, { copy: 2 });
// @ts-expect-error Property 'events' is missing
createSandbox({ subscriptions: [{ name: 'a', url: 'https://a.example' }] });
const server = await startSandbox({ port: 0 });
export const url: string = server.url;
await server.close();
