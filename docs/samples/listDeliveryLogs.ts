import { createDixaWebhooks } from 'dixa-webhooks';
import { parseEvent } from 'dixa-webhooks/receiver';

const dixa = createDixaWebhooks();

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
for (const { deliveryDetail, payload } of await dixa.deliveryLogs(id, 'ConversationCreated')) {
  const { success, responseText } = deliveryDetail;
  if (!success) console.log(parseEvent(payload).event_id, responseText);
}
