import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

// `deno run --allow-net --allow-env=DIXA_WEBHOOK_SECRET deno.ts` serves it on port 8000.
Deno.serve(receiver.fetch);
