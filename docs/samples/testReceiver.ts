import { createReceiver } from 'dixa-webhooks/receiver';
import { createSandbox } from 'dixa-webhooks/testing';

const secretKey = 'ab'.repeat(32);
const receiver = createReceiver({ secret: secretKey });
receiver.on('ConversationRated', ({ data }) => {
  console.log(data.score);
});

// A Dixa of your own, in this process.
const url = 'https://hooks.example.com/dixa';
const events = ['ConversationRated'] as const;
const sandbox = createSandbox({
  subscriptions: [{ name: 'Test', url, events, secretKey }],
  deliver: receiver.fetch,
});

const [sent] = await sandbox.trigger('ConversationRated');
console.log(sent?.status); // 200
