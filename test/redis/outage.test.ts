import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReceiver, signPayload } from '../../src/receiver/index.js';
import { type RedisDedupeOptions, redisDedupe } from '../../src/receiver/redis.js';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { startRedis } from '../support/redis-server.js';
import { clientNames, connect } from './clients.js';

const secret = '5c'.repeat(32);

async function copyOf(eventId: string) {
  const body = JSON.stringify({ event_id: eventId, event_fqn: 'CONVERSATION_CREATED', data: {} });
  return { body, headers: { 'x-dixa-signature': await signPayload({ body, secret }) } };
}

/** Retries until it succeeds, for at most half a lease. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await pause(50);
  }
  throw new Error('It never held.');
}

describeWhere([examplesInstalled, redisInstalled], 'a Redis that goes away and comes back', () => {
  describe.each(clientNames)('with a client of %s', (name) => {
    async function start(options: RedisDedupeOptions = {}) {
      const redis = await startRedis();
      onTestFinished(() => redis.stop());
      const connection = await connect(name, redis.url);
      onTestFinished(() => connection.abandon());
      const dedupe = redisDedupe(connection.client, options);
      const receiver = createReceiver({ secret, dedupe, pendingWaitMs: 0 });
      receiver.onError(() => {});
      return { redis, connection, receiver };
    }

    it('handles the next duplicate after a claim was released', async () => {
      const { redis, receiver } = await start({ timeoutMs: 100 });
      let handled = 0;
      receiver.onAny(() => {
        handled += 1;
      });
      await receiver.receive(await copyOf(randomUUID())); // The client knows the scripts now.
      handled = 0;
      const copies = await Promise.all(Array.from({ length: 10 }, () => copyOf(randomUUID())));

      redis.pause();
      const refused = await Promise.all(copies.map((copy) => receiver.receive(copy)));
      expect(refused.map(({ status }) => status)).toEqual(Array(10).fill(500));
      redis.resume();

      for (const copy of copies) await until(async () => (await receiver.receive(copy)).status === 200);
      expect(handled).toBe(10);
      for (const copy of copies) expect(await receiver.receive(copy)).toMatchObject({ outcome: 'duplicate' });
    });

    it('commits a handled event after Redis is back, so that no duplicate is handled', async () => {
      const { redis, receiver } = await start({ timeoutMs: 100 });
      let handled = 0;
      receiver.onAny(async () => {
        handled += 1;
        redis.pause();
        setTimeout(() => redis.resume(), 600);
      });
      const copy = await copyOf(randomUUID());
      expect(await receiver.receive(copy)).toMatchObject({ status: 200, outcome: 'handled' });
      expect(await receiver.receive(copy)).toMatchObject({ status: 200, outcome: 'duplicate' });
      expect(handled).toBe(1);
    });

    it('commits over a new connection if the old one was lost', async () => {
      const { connection, redis, receiver } = await start();
      const other = await connect(name, redis.url);
      onTestFinished(() => other.abandon());
      let handled = 0;
      receiver.onAny(async () => {
        handled += 1;
        await other.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      });
      const copy = await copyOf(randomUUID());
      expect(await receiver.receive(copy)).toMatchObject({ status: 200, outcome: 'handled' });
      await until(async () => (await connection.command('PING').catch(() => '')) === 'PONG');
      expect(await receiver.receive(copy)).toMatchObject({ status: 200, outcome: 'duplicate' });
      expect(handled).toBe(1);
    });

    it('after a restart, events are handled again, and none is lost', async () => {
      const { redis, receiver } = await start({ timeoutMs: 500 });
      let handled = 0;
      receiver.onAny(() => {
        handled += 1;
      });
      const copy = await copyOf(randomUUID());
      expect((await receiver.receive(copy)).outcome).toBe('handled');
      await redis.stop();
      expect((await receiver.receive(copy)).status).toBe(500);
      const again = await startRedis(1, Number(new URL(redis.url).port));
      onTestFinished(() => again.stop());
      await until(async () => (await receiver.receive(copy)).status === 200);
      expect(handled).toBe(2);
    });
  });
});

describe("acknowledge: 'received'", () => {
  it('calls onError for a duplicate that gives up after its response was sent', async () => {
    const store = { claim: () => ({ state: 'pending' as const }), commit() {}, release() {} };
    const receiver = createReceiver({ secret, acknowledge: 'received', dedupe: { store, leaseMs: 20 } });
    const errors: string[] = [];
    receiver.onError((error) => errors.push((error as Error).message));
    expect((await receiver.receive(await copyOf(randomUUID()))).status).toBe(200);
    await receiver.idle();
    expect(errors).toEqual([expect.stringContaining('raise leaseMs')]);
  });
});
