import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { deliveryOf, startWorkers, type WorkerProcess } from './worker-process.js';

describeWhere([examplesInstalled, redisInstalled], 'receivers in 8 processes that share a Redis', () => {
  const clients = Array.from({ length: 8 }, (_, index) => (index % 2 ? 'ioredis' : 'redis'));
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  it('handle each of 4,000 events once, of which three copies come', async () => {
    const workers = await startWorkers(redis.url, clients, 60_000);
    for (const worker of workers) worker.finish();
    const events = await Promise.all(Array.from({ length: 4_000 }, () => deliveryOf(randomUUID())));
    // The copies of every third event come to the same process, those of the others to several.
    const sent = [0, 1, 2].flatMap((copy) =>
      events.map((delivery, event) => ({ delivery, event, worker: (event + copy * (event % 3)) % workers.length })),
    );

    const timesHandled = new Map<number, number>();
    const outcomes = new Set<string | undefined>();
    const receiveAll = async (worker: WorkerProcess, copies: typeof sent) => {
      for (let start = 0; start < copies.length; start += 150) {
        const slice = copies.slice(start, start + 150);
        const received = await worker.receive(slice.map(({ delivery }) => delivery));
        for (const [index, { event }] of slice.entries()) {
          outcomes.add(received[index]);
          if (received[index] === 'handled') timesHandled.set(event, (timesHandled.get(event) ?? 0) + 1);
        }
      }
    };
    await Promise.all(
      workers.map((worker, index) =>
        receiveAll(
          worker,
          sent.filter((copy) => copy.worker === index),
        ),
      ),
    );

    expect([...outcomes].sort()).toEqual(['duplicate', 'handled']);
    expect(timesHandled.size).toBe(4_000);
    expect(new Set(timesHandled.values())).toEqual(new Set([1]));
  });
});
