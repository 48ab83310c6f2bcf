import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';

/** A queued delivery, as plain JSON for any queue. */
export interface QueuedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: number;
}

// It has no handlers. It only verifies deliveries, so that nothing else enters the queue.
const verifier = createReceiver();

const receiver = createReceiver({ dedupe: memoryDedupe() });
receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));

for (const { onError } of [verifier, receiver]) onError((error) => console.error(error));

/** For the web server: resolves with the status of the response once the delivery is queued. */
export async function accept(
  body: Uint8Array,
  headers: Headers,
  enqueue: (delivery: QueuedDelivery) => Promise<unknown>,
): Promise<number> {
  const receivedAt = Date.now();
  const { status } = await verifier.receive({ body, headers, receivedAt });
  if (status !== 200) return status;
  await enqueue({
    body: Buffer.from(body).toString('base64'),
    // Only these: others may contain credentials.
    headers: {
      'x-dixa-signature': headers.get('x-dixa-signature') ?? '',
      'x-dixa-subscription-id': headers.get('x-dixa-subscription-id') ?? '',
    },
    receivedAt,
  });
  return status;
}

/** For the worker. With `receivedAt`, the signature is not too old, however long the delivery was queued. */
export async function work({ body, headers, receivedAt }: QueuedDelivery): Promise<void> {
  const { status, error } = await receiver.receive({ body: Buffer.from(body, 'base64'), headers, receivedAt });
  // Throw, so that the queue retries the delivery, or keeps it if the secret was replaced in the meantime.
  if (status !== 200) throw error ?? new Error('Another worker is still handling this event.');
}
