import { createDixaWebhooks } from 'dixa-webhooks';

const dixa = createDixaWebhooks();

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
for (const status of await dixa.deliveryStatuses(id)) {
  const { event, deliveryStatus: latest } = status;
  if (latest._type === 'NoRecentDelivery') continue;
  if (!latest.success)
    console.log(event, latest.responseCode);
}
