// A separate process that receives the deliveries from test/redis/processes.test.ts.
import { createReceiver, type Delivery } from '../../src/receiver/index.js';
import { redisDedupe } from '../../src/receiver/redis.js';
import { type ClientName, connect } from './clients.js';

/** What a worker is started with, as its only argument. */
export interface WorkerOptions {
  readonly client: ClientName;
  readonly url: string;
  readonly secret: string;
  readonly leaseMs: number;
}

/** A command for a worker: receive these duplicates at the same time, or end the handler. */
export type Order = { readonly receive: readonly SentCopy[] } | { readonly finish: true };
export type SentCopy = { readonly body: string; readonly headers: Record<string, string> };

/** A message from a worker. */
export type News =
  | { readonly news: 'ready' }
  | { readonly news: 'handling' }
  | { readonly news: 'outcomes'; readonly outcomes: readonly string[] };

const { client, url, secret, leaseMs }: WorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const tell = (news: News) => process.send?.(news);

const connection = await connect(client, url);
const receiver = createReceiver({
  secret,
  dedupe: { store: redisDedupe(connection.client), leaseMs },
  pendingWaitMs: 60_000,
});
let finish = () => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});
receiver.onAny(() => {
  tell({ news: 'handling' });
  return finished;
});

process.on('message', async (order: Order) => {
  if ('finish' in order) return finish();
  const results = await Promise.all(order.receive.map((copy: Delivery) => receiver.receive(copy)));
  tell({ news: 'outcomes', outcomes: results.map(({ outcome }) => outcome) });
});
tell({ news: 'ready' });
