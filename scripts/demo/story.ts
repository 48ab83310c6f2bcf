import { createDixaWebhooks, DixaNotFoundError, DixaRateLimitError, type EventDeliveryStatus } from 'dixa-webhooks';
import { failedDeliveries, replayDelivery } from 'dixa-webhooks/manage';
import { createReceiver } from 'dixa-webhooks/receiver';
import { createSandbox } from 'dixa-webhooks/testing';

const assumptions = `This demo runs against a sandbox in this process, not against Dixa. Some of its behaviour is assumed, because Dixa does
not document it: 2xx is a success, nothing is retried, and the 429 at the end.
`;

/**
 * Shows an integration at work: it subscribes, receives events, fails, checks its deliveries, replays, and deletes. Prints
 * each request and its outcome. Throws if a step has an unexpected outcome.
 */
export async function tellStory(print: (line: string) => void): Promise<void> {
  print(assumptions);
  const secrets = new Map<string, string>();
  let isDatabaseDown = false;
  const receiver = createReceiver({ secret: (id) => secrets.get(`${id}`) });
  receiver.on('ConversationRated', (event) => {
    if (isDatabaseDown) throw new Error('the database is down');
    print(`    verified and handled: ${event.type}, score ${event.data.score}`);
  });
  receiver.onError((error) => print(`    the handler threw: ${(error as Error).message}`));

  const sandbox = createSandbox({ deliver: receiver.fetch });
  let isOverRateLimit = false;
  const dixa = createDixaWebhooks({
    apiKey: sandbox.apiKey,
    rateLimit: false,
    maxRetries: 0,
    fetch: async (url, init) => {
      const response = isOverRateLimit
        ? Response.json({ message: 'Too many requests' }, { status: 429, headers: { 'Retry-After': '2' } })
        : await sandbox.fetch(url, init);
      const path = new URL(url).pathname.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/, '…');
      print(`${init.method?.padEnd(6)} ${path} → ${response.status}`);
      return response;
    },
  });
  const trigger = async (score: number) => {
    print(`Dixa delivers ConversationRated:`);
    const [delivery] = await sandbox.trigger('ConversationRated', { data: { score } });
    print(`    response ${delivery?.status}`);
    return delivery?.status;
  };

  const { id, secretKey } = await dixa.create({
    name: 'Ratings',
    url: 'https://hooks.example.com/dixa',
    events: ['ConversationRated', 'ConversationClosed'],
  });
  secrets.set(id, secretKey);
  print('    created; its secretKey goes to the receiver');
  expect(await trigger(5), 200);
  isDatabaseDown = true;
  expect(await trigger(1), 500);
  isDatabaseDown = false;

  const statuses = await dixa.deliveryStatuses(id);
  print(`    latest deliveries: ${statuses.map(describe).join(', ')}`);
  expect(statuses.map(describe).join(), 'ConversationRated failed,ConversationClosed none');
  const { deliveries } = await failedDeliveries(dixa, id, { events: ['ConversationRated'] });
  print(`    failed deliveries in the log: ${deliveries.length}`);
  expect(deliveries.length, 1);
  for (const delivery of deliveries) {
    print('The delivery is signed again and replayed:');
    const { status } = await replayDelivery(delivery, { receive: receiver.receive, secret: secretKey });
    print(`    response ${status}`);
    expect(status, 200);
  }

  await dixa.update(id, { enabled: false });
  expect((await dixa.list()).map(({ name, enabled }) => `${name} ${enabled}`).join(), 'Ratings false');
  await dixa.delete(id);
  print(`    ${await failure(dixa.get(id), DixaNotFoundError)}`);
  isOverRateLimit = true;
  print(`    ${await failure(dixa.list(), DixaRateLimitError)}`);
}

function describe({ event, deliveryStatus }: EventDeliveryStatus): string {
  if (deliveryStatus._type === 'NoRecentDelivery') return `${event} none`;
  return `${event} ${deliveryStatus.success ? 'succeeded' : 'failed'}`;
}

/** The message of the error that a call must fail with. */
async function failure(call: Promise<unknown>, expected: { is(error: unknown): boolean }): Promise<string> {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled' || !expected.is(result.reason))
    throw new Error('The call did not fail as expected.');
  return `${result.reason.name}: ${result.reason.message}`;
}

function expect(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`The demo got ${actual} instead of ${expected}.`);
}
