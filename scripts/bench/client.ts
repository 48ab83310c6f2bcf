import type { BuiltFiles } from './built.js';
import { type Calls, makeClient, targetAt } from './clients.js';
import { type Cost, timed } from './timed.js';

/** What this program is told in its only argument. */
export interface ClientTask {
  readonly files: BuiltFiles;
  readonly clients: readonly string[];
  /** Where the API is; without it, calls are answered in memory. */
  readonly apiPort?: number | undefined;
  /** How long one client is measured at a time, in milliseconds. */
  readonly sliceMs: number;
  /** How long all of them together make a call before it is measured. */
  readonly warmUpMs: number;
}

/** What it is told by each message: to warm all clients up for a call, which it confirms, or to measure one at it. */
export type ClientOrder = { readonly warmUp: keyof Calls } | { readonly measure: string };

const { files, clients, apiPort, sliceMs, warmUpMs }: ClientTask = JSON.parse(process.argv[2] ?? '');
const callsOf = new Map<string, Calls>();
for (const client of clients) callsOf.set(client, await makeClient(client, targetAt(files.client, apiPort)));
const measures = new Map<string, () => Promise<Cost>>();

async function warmUp(call: keyof Calls): Promise<'warm'> {
  for (const [name, calls] of callsOf) measures.set(name, await timed(calls[call], sliceMs, warmUpMs / clients.length));
  return 'warm';
}

async function measure(client: string): Promise<Cost> {
  const costOf = measures.get(client);
  if (!costOf) throw new Error(`${client} was not warmed up.`);
  // The first time pays for the garbage that the client before it left.
  await costOf();
  return costOf();
}

process.on('message', async (order: ClientOrder) => {
  process.send?.('warmUp' in order ? await warmUp(order.warmUp) : await measure(order.measure));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
