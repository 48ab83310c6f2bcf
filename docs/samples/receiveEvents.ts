import { createServer } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

const receiver = createReceiver(); // the secretKey of the subscription is in DIXA_WEBHOOK_SECRET
receiver.onAny((event) => console.log(event.type, event.event_id));
createServer(toNodeListener(receiver)).listen(3000);
