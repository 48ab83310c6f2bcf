// server/api/dixa.post.ts
import { createReceiver } from 'dixa-webhooks/receiver';
import { defineEventHandler, readRawBody } from 'h3';

const receiver = createReceiver();

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

// `false` returns bytes. Do not use toWebRequest(): if a body is too large, h3 throws an error that nothing catches.
export default defineEventHandler(async (event) => {
  const body = await readRawBody(event, false);
  return new Response(null, await receiver.receive({ headers: event.headers, body: body ?? '' }));
});
