import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';

const receiver = createReceiver({ dedupe: memoryDedupe() });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

// `bun bun.ts` serves it on PORT, or 3000.
export default receiver;
