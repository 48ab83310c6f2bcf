import { allOf, basicAuth, createDixaWebhooks, isOneOf } from 'dixa-webhooks';

const dixa = createDixaWebhooks({ apiKey: process.env.DIXA_API_KEY });

const subscription = await dixa.create({
  name: 'Ratings to the dashboard',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationRated', 'ConversationClosed'],
  authorization: basicAuth('dixa', process.env.HOOK_PASSWORD ?? ''),
  filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) },
});

// Keep subscription.secretKey as a secret: the receiver verifies deliveries with it.
console.log(subscription.id);
