import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import express from 'express';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = express();

// Right: mounted before express.json(), so the body is still the raw bytes that were signed.
app.post('/dixa', express.raw({ type: '*/*', limit: '1mb' }), toNodeListener(receiver));

app.use(express.json());

// Wrong: the body is already parsed, and its raw bytes are lost. The response is 500, and onError() receives the reason.
app.post('/too-late', toNodeListener(receiver));

app.listen(Number(process.env.PORT ?? 3000));
