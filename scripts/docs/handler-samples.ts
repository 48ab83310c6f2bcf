import { ContractError } from '../lib/contract.js';
import type { EventType } from '../lib/events.js';

/** What a handler does with the payload, by the name of its schema: short lines, for the column is narrow. */
const handlerBodies: Readonly<Record<string, readonly string[]>> = {
  ConversationPayload: [
    'const { conversation } = event.data;',
    'console.log(conversation?.csid, conversation?.status);',
  ],
  ConversationAbandonedPayload: [
    'const { conversation, queue } = event.data;',
    'console.log(conversation?.csid, queue?.name);',
  ],
  ConversationEnqueuedPayload: [
    'const { conversation } = event.data;',
    'console.log(conversation?.csid, conversation?.queue?.name);',
  ],
  ConversationPendingExpiredPayload: [
    'const { conversation, pendingByUser } = event.data;',
    'console.log(conversation?.csid, pendingByUser?.email);',
  ],
  ConversationMessageAddedPayload: [
    'const { conversation, author, text } = event.data;',
    'console.log(conversation?.csid, author?.name, text);',
  ],
  ConversationNoteAddedPayload: [
    'const { conversation, author, text } = event.data;',
    'console.log(conversation?.csid, author?.name, text);',
  ],
  ConversationRatedPayload: [
    'const { conversation, score, comment } = event.data;',
    'console.log(conversation?.csid, score, comment);',
  ],
  ConversationTagAddedPayload: ['const { conversation, tag } = event.data;', 'console.log(conversation?.csid, tag);'],
  ConversationTagRemovedPayload: ['const { conversation, tag } = event.data;', 'console.log(conversation?.csid, tag);'],
  PresumedConversationPayload: [
    'const { conversation } = event.data;',
    'console.log(event.event_id, conversation?.csid);',
  ],
  UnknownPayload: ['console.log(event.event_id, event.data);'],
};

/** A receiver with this between its making and its start: a program that can be run. */
const receiverWith = (handler: string): string => `import { createServer } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

// The secretKey of the subscription.
const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';
const receiver = createReceiver({ secret });

${handler}

createServer(toNodeListener(receiver)).listen(3000);
`;

/** How to receive all events. */
export const receiverSample = receiverWith(`receiver.onAny((event) => {
  console.log(event.type, event.event_id);
});`);

/** How to receive an event type. */
export const eventSample = (type: Pick<EventType, 'name' | 'payload'>): string => receiverWith(handlerSample(type));

/** How to handle an event type. */
export function handlerSample({ name, payload }: Pick<EventType, 'name' | 'payload'>): string {
  const lines = handlerBodies[payload];
  if (!lines)
    throw new ContractError(`${payload} has no handler on the page: write one in scripts/docs/handler-samples.ts.`);
  return `receiver.on('${name}', (event) => {\n${lines.map((line) => `  ${line}\n`).join('')}});`;
}
