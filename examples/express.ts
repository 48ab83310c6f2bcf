import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import express from 'express';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = express();

// toNodeListener() would read the body itself; express.raw() keeps it as bytes for other middleware too.
// `type`: by default it leaves JSON alone. `limit`: its default of 100 kB refuses genuine events.
app.post('/dixa', express.raw({ type: '*/*', limit: '1mb' }), toNodeListener(receiver));

app.listen(Number(process.env.PORT ?? 3000));
