// app/api/dixa/route.ts
import { createReceiver } from 'dixa-webhooks/receiver';

// A function, because `next build` also loads this file, when the secret may not be set.
const receiver = createReceiver({ secret: () => process.env.DIXA_WEBHOOK_SECRET });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

export const POST = (request: Request) => receiver.fetch(request);
