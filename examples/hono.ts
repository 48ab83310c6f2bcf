import { serve } from '@hono/node-server';
import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { Hono } from 'hono';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

const app = new Hono();

// `raw` is the original, unread Request.
app.post('/dixa', (context) => receiver.fetch(context.req.raw));

// On Node. Elsewhere: `export default app`.
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
