import { createServer } from 'node:http';
import { createReceiver } from 'dixa-webhooks/receiver';
import { toNodeListener } from 'dixa-webhooks/receiver/node';

// The secretKey of the subscription.
const secret = process.env.DIXA_WEBHOOK_SECRET ?? '';
const receiver = createReceiver({ secret });

receiver.onAny((event) => {
  console.log(event.type, event.event_id);
});

createServer(toNodeListener(receiver)).listen(3000);
