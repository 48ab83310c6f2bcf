import { answerAtOnce } from './api.js';
import type { BuiltFiles } from './built.js';
import { type Calls, makeClient } from './clients.js';
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

/** It is sent a call, to warm all clients up for it, or a client's call, to measure it. */
export interface ClientQuestion {
  readonly client?: string;
  readonly call: keyof Calls;
}

/** What it answers: what one call cost, or that all are warm. */
export type ClientAnswer = Cost | 'warm';

const { files, clients, apiPort, sliceMs, warmUpMs }: ClientTask = JSON.parse(process.argv[2] ?? '');
const inMemory = { baseUrl: 'https://api.example.com', fetch: answerAtOnce };
const overHttp = { baseUrl: `http://127.0.0.1:${apiPort}` };
const target = { client: files.client, ...(apiPort === undefined ? inMemory : overHttp) };
const callsOf = new Map<string, Calls>();
for (const client of clients) callsOf.set(client, await makeClient(client, target));
const measures = new Map<string | undefined, () => Promise<Cost>>();

async function answer({ client, call }: ClientQuestion): Promise<ClientAnswer> {
  const measure = measures.get(client);
  if (measure) {
    // The first time pays for the garbage that the client before it left.
    await measure();
    return measure();
  }
  for (const [name, calls] of callsOf) measures.set(name, await timed(calls[call], sliceMs, warmUpMs / clients.length));
  return 'warm';
}

process.on('message', async (question: ClientQuestion) => {
  process.send?.(await answer(question));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
