import { createDixaWebhooks } from 'dixa-webhooks';

const dixa = createDixaWebhooks({ apiKey: process.env.DIXA_API_KEY });

for (const subscription of await dixa.list()) {
  console.log(subscription.name, subscription.enabled, subscription.subscribedEvents);
}
