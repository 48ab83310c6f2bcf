import type { OperationId } from '../../generated/operations.js';
import type { CreateWebhookSubscription, DixaWebhooks, WebhookSubscription } from '../../src/index.js';
import { count, describeDelivery, describeSubscription } from './text.js';

type Package = typeof import('../../src/index.js');

/** What a step works with: the built package, a client of it, and what was created. */
interface Context {
  readonly built: Package;
  readonly dixa: DixaWebhooks;
  readonly created: WebhookSubscription | undefined;
}

/** One call of the demo. It gives its result in a line; what is not as expected, it throws. */
export interface Step {
  readonly operationId: OperationId;
  /** The status that has to come; without one, the first that the contract declares for the operation. */
  readonly status?: number;
  run(context: Context): Promise<string | { readonly created: WebhookSubscription; readonly line: string }>;
}

const subscription = ({ allOf, isOneOf, tokenAuth }: Package): CreateWebhookSubscription => ({
  name: 'Orders to the data warehouse',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationCreated', 'ConversationClosed'],
  authorization: tokenAuth('a-token-that-only-the-receiver-knows'),
  filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) },
});

/** What the demo calls, in the order in which a subscription lives. The 429 comes last: it holds the client for a while. */
export const steps: readonly Step[] = [
  {
    operationId: 'createWebhookSubscription',
    async run({ dixa, built }) {
      const created = await dixa.create(subscription(built));
      return { created, line: `${describeSubscription(created)}; its secretKey goes to the receiver` };
    },
  },
  {
    operationId: 'listWebhookSubscriptions',
    run: async ({ dixa }) => {
      const all = await dixa.list();
      return `${count(all.length, 'subscription')}: ${all.map(({ name }) => `"${name}"`).join(', ')}`;
    },
  },
  {
    operationId: 'getWebhookSubscription',
    run: async ({ dixa, created }) => describeSubscription(await dixa.get(idOf(created))),
  },
  {
    operationId: 'updateWebhookSubscription',
    run: async ({ dixa, created }) => describeSubscription(await dixa.update(idOf(created), { enabled: false })),
  },
  {
    operationId: 'listDeliveryStatuses',
    async run({ dixa, created }) {
      const statuses = await dixa.deliveryStatuses(idOf(created));
      return statuses.map((status) => `${status.event} ${describeDelivery(status)[0]}`).join(', ');
    },
  },
  {
    operationId: 'listDeliveryLogs',
    async run({ dixa, created }) {
      const logs = await dixa.deliveryLogs(idOf(created), 'ConversationCreated');
      const answers = logs.map(({ deliveryDetail }) => deliveryDetail.responseCode);
      return `${count(logs.length, 'delivery log')}, answered ${answers.join(', ')}`;
    },
  },
  {
    operationId: 'deleteWebhookSubscription',
    async run({ dixa, created }) {
      await dixa.delete(idOf(created));
      return 'deleted';
    },
  },
  {
    operationId: 'getWebhookSubscription',
    status: 404,
    run: ({ dixa, built, created }) =>
      rejection(built.DixaNotFoundError, dixa.get(idOf(created), { headers: { Prefer: 'code=404' } })),
  },
  {
    operationId: 'listWebhookSubscriptions',
    status: 429,
    run: ({ dixa, built }) =>
      rejection(built.DixaRateLimitError, dixa.list({ headers: { Prefer: 'code=429' }, maxRetries: 0 })),
  },
];

function idOf(created: WebhookSubscription | undefined): string {
  if (!created) throw new Error('there is no subscription, because creating it failed');
  return created.id;
}

/** The error that a call has to end with, in a line. */
async function rejection(expected: Package['DixaApiError'], call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (expected.is(error)) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error('it succeeded, but should have failed');
}
