import { randomUUID } from 'node:crypto';
import type { Work } from './child.js';
import type { Task } from './harness.js';

const countOf = ({ contender }: Task) => Number.parseInt(contender.replaceAll(',', ''), 10);

/** Claims and commits new keys, in a store that is replaced when it has seen so many. */
export async function dedupeGrowth(task: Task): Promise<Work> {
  const count = countOf(task);
  const { memoryDedupe } = await import('dixa-webhooks/receiver');
  let store = memoryDedupe();
  let seen = 0;
  return {
    async run() {
      if (seen === count) store = memoryDedupe();
      seen = (seen % count) + 1;
      const key = `0123456789abcdef:${randomUUID()}`;
      const { token = '' } = await store.claim(key, { leaseMs: 60_000 });
      await store.commit(key, token, { keepMs: 86_400_000 });
    },
  };
}

/** Makes so many calls at the same time, at a rate that lets them all leave within seconds. */
export async function limiterGrowth(task: Task): Promise<Work> {
  const count = countOf(task);
  const { createDixaWebhooks } = await import('dixa-webhooks');
  const fetch = async () => new Response(null, { status: 204 });
  const dixa = createDixaWebhooks({ apiKey: 'key', fetch, rateLimit: { requestsPerSecond: 100_000, burst: 100 } });
  const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
  return { run: () => Promise.all(Array.from({ length: count }, () => dixa.delete(id))), operations: count };
}
