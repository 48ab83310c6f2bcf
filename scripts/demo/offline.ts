import { relative } from 'node:path';
import { type OperationId, operations, statuses } from '../../generated/operations.js';
import type { CreateWebhookSubscription, DixaWebhooks, WebhookSubscription } from '../../src/client/index.js';
import { root } from '../lib/package.js';
import { startPrism } from '../lib/prism.js';
import { table } from '../lib/table.js';
import { count, describeDelivery, describeSubscription, plain } from './text.js';

type Package = typeof import('../../src/client/index.js');

/** What a step works with: the built package, a client of it, and what was created. */
interface Context {
  readonly built: Package;
  readonly dixa: DixaWebhooks;
  readonly created: WebhookSubscription | undefined;
}

/** One call of the demo. It gives its result in a line; what is not as expected, it throws. */
interface Step {
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
const steps: readonly Step[] = [
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

/** One request that the client made, as it was seen on the wire. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What Prism found wrong with the request or with its own reply. */
  readonly violations: string | null;
}

/** Shows the built client at work against a server that plays the contract. Gives the number of surprises. */
export async function runOffline(built: Package, document: string, print: (line: string) => void): Promise<number> {
  const server = await startPrism(document);
  try {
    print(
      `A mock server plays ${relative(root, document)} at ${server.url}: each reply is an example of the contract.\n`,
    );
    const exchanges: Exchange[] = [];
    const dixa = built.createDixaWebhooks({
      apiKey: 'the-demo-needs-no-real-key',
      baseUrl: server.url,
      // The mock server has no limit, and with the client's own the times would be those of waiting.
      rateLimit: false,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        exchanges.push(exchangeOf(url, init, response));
        return response;
      },
    });

    const rows: string[][] = [];
    const surprises: string[] = [];
    let created: WebhookSubscription | undefined;
    for (const step of steps) {
      const from = exchanges.length;
      const start = performance.now();
      const result = await step.run({ built, dixa, created }).catch((error: Error) => error);
      const time = `${Math.round(performance.now() - start)} ms`;
      if ('created' in Object(result)) created = (result as { created: WebhookSubscription }).created;
      const seen = exchanges.slice(from);
      surprises.push(...surprisesOf(step, result, seen).map((surprise) => `${step.operationId}: ${surprise}`));
      const { method = '', path = '', status = '' } = seen.at(-1) ?? {};
      rows.push([step.operationId, String(status), time, method, path, lineOf(result)]);
    }
    surprises.push(...missing().map((id) => `${id}: the demo does not show it; add it to scripts/demo/offline.ts`));

    print(transcript(rows));
    for (const surprise of surprises) print(`\nUnexpected: ${surprise}`);
    const shown = new Set(steps.map(({ operationId }) => operationId)).size;
    print(
      `\n${shown} operations in ${steps.length} calls: ` +
        (surprises.length === 0 ? 'all as the contract says.' : `${surprises.length} unexpected.`),
    );
    return surprises.length;
  } finally {
    await server.close();
  }
}

function exchangeOf(url: string, init: RequestInit, { status, headers }: Response): Exchange {
  return { method: init.method ?? '', path: new URL(url).pathname, status, violations: headers.get('sl-violations') };
}

function surprisesOf(step: Step, result: unknown, seen: readonly Exchange[]): string[] {
  const surprises: string[] = [];
  const expected = step.status ?? statuses[step.operationId][0];
  if (result instanceof Error) surprises.push(plain(result.message, 300));
  if (seen.length !== 1) surprises.push(`${seen.length} requests instead of one`);
  for (const { status, violations } of seen) {
    if (status !== expected) surprises.push(`status ${status} instead of ${expected}`);
    if (violations) surprises.push(`the contract was broken: ${violations}`);
  }
  return surprises;
}

function missing(): OperationId[] {
  const shown = new Set(steps.map(({ operationId }) => operationId));
  return (Object.keys(operations) as OperationId[]).filter((id) => !shown.has(id));
}

function lineOf(result: unknown): string {
  if (result instanceof Error) return 'unexpected, see below';
  return typeof result === 'string' ? result : (result as { line: string }).line;
}

/** The transcript: what was called in one line, what came of it in the next. */
function transcript(rows: readonly string[][]): string {
  const calls = table(
    rows.map((row) => row.slice(0, 5)),
    [2],
  ).split('\n');
  return calls.map((call, index) => `${call}\n    → ${rows[index]?.[5]}`).join('\n');
}

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
