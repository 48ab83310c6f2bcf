import { createReceiver } from 'dixa-webhooks/receiver';

interface Env {
  readonly DIXA_WEBHOOK_SECRET: string;
}

const receiver = createReceiver<Env>({
  // In a Worker, secrets are passed with each request.
  secret: (_subscriptionId, env) => env.DIXA_WEBHOOK_SECRET,
  // Respond before the handlers run. `ctx.waitUntil` keeps the Worker alive until they are done.
  acknowledge: 'received',
});

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

export default receiver satisfies ExportedHandler<Env>;
