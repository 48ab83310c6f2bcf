import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import express from 'express';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = express();

// If express.json() must come first, keep the raw bytes. Raise the limit: the default of 100 kB rejects large events.
const verify = (request: object, _response: unknown, rawBody: Buffer) => void Object.assign(request, { rawBody });
app.use(express.json({ limit: '1mb', verify }));

app.post('/dixa', toNodeListener(receiver));

app.listen(Number(process.env.PORT ?? 3000));
