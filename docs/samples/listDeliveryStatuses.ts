import { createDixaWebhooks } from 'dixa-webhooks';

const dixa = createDixaWebhooks();

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
for (const { event, deliveryStatus } of await dixa.deliveryStatuses(id)) {
  if (deliveryStatus._type === 'DeliveryDetail' && !deliveryStatus.success) {
    console.log(event, deliveryStatus.responseCode, deliveryStatus.deliveryTimestamp);
  }
}
