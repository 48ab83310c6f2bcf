import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';

/** A delivery that waits: plain JSON, for any queue. */
export interface QueuedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: number;
}

// It has no handlers: it only keeps out of the queue what does not come from Dixa.
const door = createReceiver();

const receiver = createReceiver({ dedupe: memoryDedupe() });
receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));

for (const { onError } of [door, receiver]) onError((error) => console.error(error));

/** In the web server: resolves with the status to respond with, once the queue has the delivery. */
export async function accept(
  body: Uint8Array,
  headers: Headers,
  enqueue: (delivery: QueuedDelivery) => Promise<unknown>,
): Promise<number> {
  const receivedAt = Date.now();
  const { status } = await door.receive({ body, headers, receivedAt });
  if (status !== 200) return status;
  await enqueue({
    body: Buffer.from(body).toString('base64'),
    // Not all of them: others may be credentials.
    headers: {
      'x-dixa-signature': headers.get('x-dixa-signature') ?? '',
      'x-dixa-subscription-id': headers.get('x-dixa-subscription-id') ?? '',
    },
    receivedAt,
  });
  return status;
}

/** In the worker: `receivedAt` says that it was in time, however long it waited since. */
export async function work({ body, headers, receivedAt }: QueuedDelivery): Promise<void> {
  const { status, error } = await receiver.receive({ body: Buffer.from(body, 'base64'), headers, receivedAt });
  // Thrown, so that the queue tries it again, or keeps it where the secret was replaced in the meantime.
  if (status !== 200) throw error ?? new Error('another worker is still at this event');
}
