import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import type { ClientName } from './clients.js';
import { deliveryOf, startWorkers } from './worker-process.js';

describeWhere([examplesInstalled, redisInstalled], 'receivers in several processes that share a Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  const start = (clients: readonly ClientName[], leaseMs: number) => startWorkers(redis.url, clients, leaseMs);

  it('handle an event once if 50 duplicates arrive at 4 processes at the same time', async () => {
    const workers = await start(['redis', 'ioredis', 'redis', 'ioredis'], 60_000);
    const copy = await deliveryOf(randomUUID());
    let handlings = 0;
    for (const worker of workers) {
      void worker.handling.then(() => {
        handlings += 1;
      });
    }

    const outcomes = workers.map((worker, index) => worker.receive(Array(index < 2 ? 13 : 12).fill(copy)));
    await Promise.race(workers.map(({ handling }) => handling));
    for (const worker of workers) worker.finish();

    const all = (await Promise.all(outcomes)).flat();
    expect(all.sort()).toEqual([...Array(49).fill('duplicate'), 'handled']);
    expect(handlings).toBe(1);
  });

  it.for([
    ['redis', 'ioredis'],
    ['ioredis', 'redis'],
  ] as const)(
    'handle an event again whose process (with %s) was killed at it, once its lease has ended',
    async (clients) => {
      const leaseMs = 1_000;
      const [first, second] = await start(clients, leaseMs);
      const copy = await deliveryOf(randomUUID());

      const beforeLease = performance.now();
      void first?.receive([copy]);
      await first?.handling;
      await first?.kill();
      const outcome = second?.receive([copy]);
      await second?.handling;
      // Redis has a clock of its own, in whole milliseconds.
      expect(performance.now() - beforeLease).toBeGreaterThan(leaseMs - 10);
      second?.finish();

      expect(await outcome).toEqual(['handled']);
      expect(await second?.receive([copy])).toEqual(['duplicate']);
    },
  );
});
