import { randomUUID } from 'node:crypto';
import { answerAtOnce, apiKey, subscription } from './api.js';
import type { BuiltClient, BuiltFiles, BuiltReceiver } from './built.js';
import { heapLeft } from './heap.js';
import { samplesByTurns } from './rounds.js';
import { useVirtualClock } from './virtual-clock.js';

/** What this program is told in its only argument. */
export interface GrowthTask {
  readonly files: BuiltFiles;
  readonly rounds: number;
}

/** What one piece of work cost in one round: microseconds of the processor; of a store, what it holds too. */
export interface GrowthSample {
  readonly cpu: number;
  readonly heap?: number;
  readonly perKey?: number;
}

/** What it sends: by case, by row, round by round. */
export type GrowthResult = Readonly<Record<string, Readonly<Record<string, readonly GrowthSample[]>>>>;

/** The keys that the store says it holds. */
const HELD = 10_000;

/** The calls of one round. */
const CALLS = 1_000;

const { files, rounds }: GrowthTask = JSON.parse(process.argv[2] ?? '');
const { createDixaWebhooks }: BuiltClient = await import(files.client);
const { memoryDedupe }: BuiltReceiver = await import(files.node);

const sizes = [1_000, 10_000, 100_000];
const queues = [10, 100, 1_000];
const named = <Result>(numbers: readonly number[], what: string, measure: (count: number) => Promise<Result>) =>
  Object.fromEntries(numbers.map((count) => [`${count.toLocaleString('en')} ${what}`, () => measure(count)]));

const dedupe = named(sizes, 'keys', costOfKeys);
const limiter = named(queues, 'waiting', costOfWaiting);
await samplesByTurns(dedupe, 1); // Once to warm up.
const keys = await samplesByTurns(dedupe, rounds);
const passUntil = useVirtualClock();
await samplesByTurns(limiter, 1);
const result: GrowthResult = {
  'memoryDedupe, claim and commit': keys,
  // A round of these is short.
  'calls that wait for the limiter': await samplesByTurns(limiter, rounds * 2),
};
process.send?.(result);
process.disconnect?.();

/** Handles so many events, each once, with keys as long as the receiver's; a few of them in several stores. */
async function costOfKeys(count: number): Promise<GrowthSample> {
  const stores = Array.from({ length: Math.max(1, HELD / count) }, () => memoryDedupe());
  const before = await heapLeft();
  const cpu = await cpuOf(stores.length * count, async () => {
    for (const store of stores) {
      for (let done = 0; done < count; done += 1) {
        const key = `${randomUUID().slice(0, 16)}:${randomUUID()}`;
        const { token = '' } = await store.claim(key, { leaseMs: 60_000 });
        await store.commit(key, token, { keepMs: 86_400_000 });
      }
    }
  });
  const bytes = ((await heapLeft()) - before) / stores.length;
  // Only what is used again is still held.
  for (const store of stores) await store.claim('the last', { leaseMs: 1 });
  return { cpu, heap: bytes / 1024, perKey: bytes / Math.min(count, HELD) };
}

/** Makes a thousand calls, so many at once that as many wait for a limiter that lets them out one by one. */
async function costOfWaiting(waiting: number): Promise<GrowthSample> {
  const dixa = createDixaWebhooks({
    apiKey,
    rateLimit: { burst: 1 },
    fetch: answerAtOnce,
  });
  const cpu = await cpuOf(CALLS, async () => {
    for (let done = 0; done < CALLS; done += waiting) {
      await passUntil(Promise.all(Array.from({ length: waiting }, () => dixa.get(subscription.id))));
    }
  });
  return { cpu };
}

async function cpuOf(count: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
