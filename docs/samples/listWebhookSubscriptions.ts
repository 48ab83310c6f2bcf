import { createDixaWebhooks } from 'dixa-webhooks';

// The token is taken from DIXA_API_KEY.
const dixa = createDixaWebhooks();

for (const subscription of await dixa.list()) {
  const { id, name, enabled } = subscription;
  console.log(id, name, enabled ? 'on' : 'off');
}
