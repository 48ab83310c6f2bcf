import { createReceiver } from 'dixa-webhooks/receiver';

interface Env {
  /** The secretKey of each subscription, by the id of the subscription. */
  readonly SECRETS: KVNamespace;
}

// For an unknown id, KV returns null and the response is 401.
const receiver = createReceiver<Env>({
  secret: (subscriptionId, env) => (subscriptionId ? env.SECRETS.get(subscriptionId) : null),
});

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

export default receiver satisfies ExportedHandler<Env>;
