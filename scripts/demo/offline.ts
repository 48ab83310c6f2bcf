import { relative } from 'node:path';
import { type OperationId, statuses } from '../../generated/operations.js';
import { root } from '../lib/package.js';
import { startPrism } from '../lib/prism.js';
import { count, describeDelivery, describeSubscription, plain } from './text.js';

type Package = typeof import('../../src/client/index.js');

/** Shows the built client at work against a mock server of the contract. @returns how often something was not as expected */
export async function runOffline(built: Package, document: string, print: (line: string) => void): Promise<number> {
  const { allOf, createDixaWebhooks, DixaNotFoundError, DixaRateLimitError, isOneOf, tokenAuth } = built;
  const server = await startPrism(document);
  print(
    `A mock server of ${relative(root, document)} runs at ${server.url}: it replies with the contract's examples.\n`,
  );
  let request = '';
  let response = new Response();
  const dixa = createDixaWebhooks({
    apiKey: 'the-demo-needs-no-real-key',
    baseUrl: server.url,
    rateLimit: false, // The mock server has none.
    fetch: async (url, init) => {
      request = `${init.method?.padEnd(6)}  ${new URL(url).pathname}`;
      response = await fetch(url, init);
      return response;
    },
  });
  let [calls, unexpected] = [0, 0];

  /** Makes one call, and prints what was sent and its result in a line each. */
  const show = async (id: OperationId, call: () => Promise<string>, expected: number = statuses[id][0]) => {
    const start = performance.now();
    const result = await call().catch((error: Error) => error);
    const time = `${Math.round(performance.now() - start)} ms`;
    const failed = result instanceof Error;
    const { status, headers } = response;
    const violations = headers.get('sl-violations');
    print(`${id.padEnd(25)}  ${status}  ${time.padStart(6)}  ${request}`);
    print(`    → ${failed ? 'unexpected, see below' : result}`);
    const faults = [
      failed && plain(result.message, 300),
      status !== expected && `status ${status} instead of ${expected}`,
      violations && `the contract was broken: ${violations}`,
    ].filter(Boolean);
    for (const fault of faults) print(`Unexpected: ${id}: ${fault}`);
    calls += 1;
    unexpected += faults.length;
  };

  try {
    let id = '';
    await show('createWebhookSubscription', async () => {
      const created = await dixa.create({
        name: 'Orders to the data warehouse',
        url: 'https://hooks.example.com/dixa',
        events: ['ConversationCreated', 'ConversationClosed'],
        authorization: tokenAuth('a-token-that-only-the-receiver-knows'),
        filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) },
      });
      id = created.id;
      return `${describeSubscription(created)}; its secretKey goes to the receiver`;
    });
    await show('listWebhookSubscriptions', async () => {
      const all = await dixa.list();
      return `${count(all.length, 'subscription')}: ${all.map(({ name }) => `"${name}"`).join(', ')}`;
    });
    await show('getWebhookSubscription', async () => describeSubscription(await dixa.get(id)));
    await show('updateWebhookSubscription', async () =>
      describeSubscription(await dixa.update(id, { enabled: false })),
    );
    await show('listDeliveryStatuses', async () => {
      const latest = await dixa.deliveryStatuses(id);
      return latest.map((status) => `${status.event} ${describeDelivery(status)[0]}`).join(', ');
    });
    await show('listDeliveryLogs', async () => {
      const logs = await dixa.deliveryLogs(id, 'ConversationCreated');
      const codes = logs.map(({ deliveryDetail }) => deliveryDetail.responseCode);
      return `${count(logs.length, 'delivery log')}, answered ${codes.join(', ')}`;
    });
    await show('deleteWebhookSubscription', () => dixa.delete(id).then(() => 'deleted'));
    const missing = () => rejection(DixaNotFoundError, dixa.get(id, { headers: { Prefer: 'code=404' } }));
    await show('getWebhookSubscription', missing, 404);
    // The last one: it holds the client for a while.
    const headers = { Prefer: 'code=429' };
    await show(
      'listWebhookSubscriptions',
      () => rejection(DixaRateLimitError, dixa.list({ headers, maxRetries: 0 })),
      429,
    );
    print(`\n${calls} calls: ${unexpected === 0 ? 'all as the contract says.' : `${unexpected} unexpected.`}`);
    return unexpected;
  } finally {
    await server.close();
  }
}

/** The error that a call has to end with, in a line. */
async function rejection(expected: Package['DixaApiError'], call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('It succeeded, but should have failed.'),
    (reason: unknown) => reason,
  );
  if (!expected.is(error)) throw error;
  return `${error.name}: ${error.message}`;
}
