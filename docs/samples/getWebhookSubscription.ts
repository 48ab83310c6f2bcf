import { createDixaWebhooks, DixaNotFoundError } from 'dixa-webhooks';

const dixa = createDixaWebhooks();

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
try {
  const { name, subscribedEvents } = await dixa.get(id);
  console.log(name, subscribedEvents);
} catch (error) {
  if (!(error instanceof DixaNotFoundError)) throw error;
  console.log('There is no such subscription.');
}
