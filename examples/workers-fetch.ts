import { createReceiver } from 'dixa-webhooks/receiver';

interface Env {
  readonly DIXA_WEBHOOK_SECRET: string;
}

/** What Cloudflare's own types call ExecutionContext. */
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

const receiver = createReceiver<Env>({
  // A worker's secrets come with each request.
  secret: (_subscriptionId, env) => env?.DIXA_WEBHOOK_SECRET,
  // Dixa is answered at once; `waitUntil` keeps the worker alive until the handlers are done.
  acknowledge: 'received',
});

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

export default {
  fetch: (request: Request, env: Env, context: Context) =>
    receiver.fetch(request, { env, waitUntil: (work) => context.waitUntil(work) }),
};
