import type { BuiltFiles } from './built.js';
import { makeClient, targetAt } from './clients.js';
import { heapLeft } from './heap.js';
import { median, quantile } from './rounds.js';

/** What this program is told in its only argument. */
export interface ScaleTask {
  readonly files: BuiltFiles;
  readonly apiPort: number;
  readonly client: string;
  /** How many calls run at once. */
  readonly concurrency: number;
  /** How many calls are made over HTTP. */
  readonly calls: number;
  /** How many are made after them in memory, in thousands of which each is followed by a look at the heap. */
  readonly callsInMemory: number;
}

/** What it sends: calls a second, milliseconds, megabytes, and the bytes by which each call let the heap grow. */
export interface ScaleResult {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly peak: number;
  readonly growth: number;
}

/** What a call leaves behind only shows once caches are full and code is compiled. */
const SETTLED = 3_000;

/** A leak grows with each of these; what grows once, such as another connection, does not. */
const STEP = 1_000;

const { files, apiPort, client, concurrency, calls, callsInMemory }: ScaleTask = JSON.parse(process.argv[2] ?? '');
const { get } = await makeClient(client, targetAt(files.client, apiPort));
const times: number[] = [];
const start = performance.now();
await makeCalls(calls, async () => {
  const sent = performance.now();
  await get();
  times.push(performance.now() - sent);
});
const working = performance.now() - start;
const peak = process.resourceUsage().maxRSS / 1024;

// In memory: the platform's connections come and go with the load, and take more than any leak that matters.
const { get: getInMemory } = await makeClient(client, targetAt(files.client));
const heaps: number[] = [];
for (let done = STEP; done <= callsInMemory; done += STEP) {
  await makeCalls(STEP, getInMemory);
  if (done >= SETTLED) heaps.push(await heapLeft());
}

const result: ScaleResult = {
  rate: (calls / working) * 1000,
  p50: median(times),
  p99: quantile(times, 0.99),
  peak,
  growth: median(heaps.slice(1).map((heap, index) => heap - (heaps[index] ?? Number.NaN))) / STEP,
};
process.send?.(result);
process.disconnect?.();

/** Makes so many calls, `concurrency` of them at once. */
async function makeCalls(count: number, call: () => Promise<unknown>): Promise<void> {
  let made = 0;
  const callOn = async () => {
    while (made < count) {
      made += 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, callOn));
}
