import { createServer } from 'node:http';
import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

// Reads the secret from DIXA_WEBHOOK_SECRET, which is the `secretKey` of the subscription.
const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

createServer(toNodeListener(receiver)).listen(Number(process.env.PORT ?? 3000));
