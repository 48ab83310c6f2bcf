import { http } from '@google-cloud/functions-framework';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

const receiver = createReceiver();

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

// The framework parses the body but keeps the raw bytes in `rawBody`, which the listener uses. So does Firebase's onRequest().
http('dixa', toNodeListener(receiver));
