import { createReceiver } from 'dixa-webhooks/receiver';
import { createSandbox } from 'dixa-webhooks/testing';

const secretKey = 'ab'.repeat(32);
const receiver = createReceiver({ secret: secretKey });
receiver.on('ConversationRated', (event) => console.log(event.data.score));

const url = 'https://hooks.example.com/dixa';
const sandbox = createSandbox({
  subscriptions: [{ name: 'Test', url, events: ['ConversationRated'], secretKey }],
  deliver: receiver.fetch,
});

const [delivery] = await sandbox.trigger('ConversationRated', { data: { score: 1 } });
console.log(delivery?.status); // 200
