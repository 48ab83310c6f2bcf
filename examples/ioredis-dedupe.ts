import { createServer } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';
import { redisDedupe } from 'dixa-webhooks/receiver/redis';
import { Redis } from 'ioredis';

const client = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
client.on('error', (error) => console.error(error));

// Any number of these processes handle each event once. While Redis is down, the response is 500.
const receiver = createReceiver({ dedupe: redisDedupe(client) });

receiver.on('ConversationCreated', (event) => console.log('created', event.data.conversation?.csid));
receiver.on('ConversationMessageAdded', (event) => console.log('message', event.data.text?.length));
receiver.onError((error) => console.error(error));

createServer(toNodeListener(receiver)).listen(Number(process.env.PORT ?? 3000));
