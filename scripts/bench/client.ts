import { answerAtOnce } from './api.js';
import type { BuiltFiles } from './built.js';
import { type Calls, makeClient } from './clients.js';
import { type Cost, timed } from './timed.js';

/** What this program is told in its only argument. */
export interface ClientTask {
  readonly files: BuiltFiles;
  readonly client: string;
  /** Where the API is; without it, calls are answered in memory. */
  readonly apiPort?: number | undefined;
  /** How long one call is measured at a time, in milliseconds. */
  readonly sliceMs: number;
  /** How long each call runs before it says that it is ready. From then on it answers the name of a call with what it cost. */
  readonly warmUpMs: number;
}

const { files, client, apiPort, sliceMs, warmUpMs }: ClientTask = JSON.parse(process.argv[2] ?? '');
const inMemory = { baseUrl: 'https://api.example.com', fetch: answerAtOnce };
const overHttp = { baseUrl: `http://127.0.0.1:${apiPort}` };
const { get, create } = await makeClient(client, {
  client: files.client,
  ...(apiPort === undefined ? inMemory : overHttp),
});
const measures: Readonly<Record<keyof Calls, () => Promise<Cost>>> = {
  get: await timed(get, sliceMs, warmUpMs),
  create: await timed(create, sliceMs, warmUpMs),
};

process.on('message', async (call: keyof Calls) => {
  process.send?.(await measures[call]());
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
