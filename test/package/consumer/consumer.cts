// Compiled against the installed package; not run.
import dixaWebhooks = require('dixa-webhooks');

export function list(): Promise<dixaWebhooks.WebhookSubscription[]> {
  return dixaWebhooks.createDixaWebhooks({ apiKey: 'a-key' }).list();
}
