import { quantile } from '../lib/rounds.js';
import type { BuiltFiles } from './built.js';
import { makeClient } from './clients.js';
import { heapLeft } from './heap.js';

/** What this program is told in its only argument. */
export interface ScaleTask {
  readonly files: BuiltFiles;
  readonly apiPort: number;
  readonly client: string;
  /** How many calls run at once. */
  readonly concurrency: number;
}

/** What it sends: calls a second, milliseconds, megabytes, and bytes that the heap grew by with each call. */
export interface ScaleResult {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly peak: number;
  readonly growth: number;
}

/** What a call leaves behind only shows once caches are full and code is compiled. */
const SETTLED = 3_000;
const CALLS = 10_000;

const { files, apiPort, client, concurrency }: ScaleTask = JSON.parse(process.argv[2] ?? '');
const { get } = await makeClient(client, { client: files.client, baseUrl: `http://127.0.0.1:${apiPort}` });

// Outside the heap that is watched.
const times = new Float64Array(CALLS);
const start = performance.now();
await callUntil(SETTLED, 0);
let working = performance.now() - start;
const before = await heapLeft();
const again = performance.now();
await callUntil(CALLS, SETTLED);
working += performance.now() - again;
const growth = ((await heapLeft()) - before) / (CALLS - SETTLED);

const result: ScaleResult = {
  rate: (CALLS / working) * 1000,
  p50: quantile([...times], 0.5),
  p99: quantile([...times], 0.99),
  peak: process.resourceUsage().maxRSS / 1024,
  growth,
};
process.send?.(result);
process.disconnect?.();

/** Makes the calls from one number up to another, so many at once. */
async function callUntil(end: number, first: number): Promise<void> {
  let next = first;
  const callOn = async () => {
    while (next < end) {
      const call = next;
      next += 1;
      const start = performance.now();
      await get();
      times[call] = performance.now() - start;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, callOn));
}
