import type { CreateWebhookSubscription } from '../../src/index.js';

/** The subscription that each client reads and creates. */
export const subscription = {
  id: '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
  name: 'Ratings to the dashboard',
  url: 'https://hooks.example.com/dixa',
  subscribedEvents: ['ConversationRated', 'ConversationClosed'],
  headers: {},
  authorization: { _type: 'NoAuth' },
  enabled: true,
} as const;

/** What creates it, with all that the API wants: the clients that fill nothing in send the same. */
export const wanted = {
  name: subscription.name,
  url: subscription.url,
  events: ['ConversationRated', 'ConversationClosed'],
  authorization: { _type: 'NoAuth' },
  customHeaders: {},
} as const satisfies CreateWebhookSubscription;

/** The key that each client sends. */
export const apiKey = 'a-key-of-the-benchmark';

/** The reply to either call. */
export const replyText = JSON.stringify({ data: subscription });

/** The status of the reply to a method. */
export const statusOf = (method: string | undefined) => (method === 'POST' ? 201 : 200);

/** A `fetch` that answers with a real reply, as a server would, but at once. */
export async function answerAtOnce(input: unknown, init?: RequestInit): Promise<Response> {
  const method = init?.method ?? (input as { method?: string }).method;
  return new Response(replyText, { status: statusOf(method), headers: { 'Content-Type': 'application/json' } });
}

/** The header with the number of a call, for those whose arrival is to be noted. */
export const callHeader = 'x-call';

/** A call by its number, and when it left or came: milliseconds of the clock that all processes of a machine share. */
export interface Passage {
  readonly call: number;
  readonly at: number;
}

/** The passage of a call, now. */
export const passageOf = (call: unknown): Passage => ({
  call: Number(call),
  at: Number(process.hrtime.bigint()) / 1e6,
});
