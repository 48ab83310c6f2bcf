import {
  allOf,
  basicAuth,
  createDixaWebhooks,
  isOneOf,
} from 'dixa-webhooks';

const dixa = createDixaWebhooks();

const password = process.env.HOOK_PASSWORD ?? '';
const byEmail = isOneOf('InitialChannel', ['email']);

const subscription = await dixa.create({
  name: 'Ratings to the dashboard',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationRated', 'ConversationClosed'],
  authorization: basicAuth('dixa', password),
  filters: { Conversation: allOf(byEmail) },
});

// Keep subscription.secretKey as a secret:
// the receiver verifies deliveries with it.
console.log(subscription.id);
