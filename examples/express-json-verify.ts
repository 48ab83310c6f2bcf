import type { IncomingMessage } from 'node:http';
import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import express from 'express';

const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';
const receiver = createReceiver({ secret, dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = express();
const listener = toNodeListener(receiver);
const rawBodies = new WeakMap<IncomingMessage, Buffer>();

// Where express.json() has to come first: it shows the bytes before it parses them. Its default limit is 100 kB.
app.use(express.json({ limit: '1mb', verify: (request, _response, bytes) => rawBodies.set(request, bytes) }));

app.post('/dixa', (request, response) => {
  request.body = rawBodies.get(request);
  return listener(request, response);
});

app.listen(Number(process.env.PORT ?? 3000));
