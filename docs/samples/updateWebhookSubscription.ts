import { createDixaWebhooks } from 'dixa-webhooks';

const dixa = createDixaWebhooks();

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
const { subscribedEvents = [] } = await dixa.get(id);

// Other properties stay as they are; `events` replaces the whole set.
await dixa.update(id, {
  events: [...subscribedEvents, 'ConversationRated'],
  enabled: true,
});
