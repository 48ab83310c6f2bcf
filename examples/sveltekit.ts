// src/routes/api/dixa/+server.ts
import { createReceiver } from 'dixa-webhooks/receiver';

// A function, because `vite build` also loads this file, when the secret may not be set.
// If it is in a .env file, read it from SvelteKit's `$env/dynamic/private` instead.
const receiver = createReceiver({ secret: () => process.env.DIXA_WEBHOOK_SECRET });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

// With adapter-node, run it with BODY_SIZE_LIMIT=1M: its default of 512 kB may refuse genuine events.
export const POST = ({ request }: { request: Request }) => receiver.fetch(request);
