import type { BuiltFiles } from './built.js';
import { type Calls, makeClient, targetAt } from './clients.js';
import { samplesByTurns } from './rounds.js';
import { type Cost, timed } from './timed.js';

/** What this program is told in its only argument. */
export interface ClientTask {
  readonly files: BuiltFiles;
  readonly clients: readonly string[];
  readonly call: keyof Calls;
  /** Where the API is; without it, calls are answered in memory. */
  readonly apiPort?: number | undefined;
  readonly rounds: number;
  /** How long one client is measured in one round, in milliseconds. */
  readonly sliceMs: number;
  /** How long all of them together run before that. */
  readonly warmUpMs: number;
}

/** What it sends: what the call cost through each client, round by round. */
export type ClientResult = Record<string, Cost[]>;

const task: ClientTask = JSON.parse(process.argv[2] ?? '');
const { files, clients, call, apiPort, rounds, sliceMs, warmUpMs } = task;
const callsOf = new Map<string, Calls>();
for (const client of clients) callsOf.set(client, await makeClient(client, targetAt(files.client, apiPort)));
const candidates: Record<string, () => Promise<Cost>> = {};
for (const [client, calls] of callsOf) {
  candidates[client] = await timed(calls[call], sliceMs, warmUpMs / clients.length);
}
const result: ClientResult = await samplesByTurns(candidates, rounds);
process.send?.(result);
process.disconnect?.();
