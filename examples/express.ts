import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import express from 'express';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = express();

// express.raw() is optional: it keeps the raw body for other middleware. Without it, toNodeListener() reads the body.
// `type`: the default skips JSON. `limit`: the default of 100 kB rejects large events.
app.post('/dixa', express.raw({ type: '*/*', limit: '1mb' }), toNodeListener(receiver));

app.listen(Number(process.env.PORT ?? 3000));
