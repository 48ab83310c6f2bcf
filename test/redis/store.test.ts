import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DedupeStore } from '../../src/receiver/index.js';
import { type RedisClient, redisDedupe } from '../../src/receiver/redis.js';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { clientNames, connect, type TestClient } from './clients.js';

const long = { leaseMs: 60_000 };
const keep = { keepMs: 86_400_000 };

describeWhere([examplesInstalled, redisInstalled], 'redisDedupe', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  describe.each(clientNames)('with a client of %s', (name) => {
    let connection: TestClient;
    let store: DedupeStore;
    beforeAll(async () => {
      connection = await connect(name, redis.url);
      store = redisDedupe(connection.client);
    });
    afterAll(() => connection?.close());

    /** Takes a lease, as soon as nobody has one. */
    const lease = (key: string, options = long): Promise<string> => {
      const claim = async () => {
        const { state, token } = await store.claim(key, options);
        return state === 'new' && token ? token : expect.fail(`the key is ${state}`);
      };
      return vi.waitFor(claim, { timeout: 10_000, interval: 5 });
    };
    const stateOf = async (key: string) => (await store.claim(key, long)).state;
    const ttl = async (key: string) => Number(await connection.command('PTTL', key));

    it('grants one lease per key, and none after it was handled', async () => {
      const key = randomUUID();
      const token = await lease(key);
      expect(await store.claim(key, long)).toMatchObject({ state: 'pending' });
      await store.commit(key, token, keep);
      expect(await store.claim(key, long)).toMatchObject({ state: 'done' });
    });

    it('grants one lease if a hundred ask at the same time', async () => {
      const key = randomUUID();
      const claims = await Promise.all(Array.from({ length: 100 }, () => store.claim(key, long)));
      expect(claims.filter(({ state }) => state === 'new')).toHaveLength(1);
      expect(claims.filter(({ state }) => state === 'pending')).toHaveLength(99);
    });

    it('grants a new lease after one was released', async () => {
      const key = randomUUID();
      await store.release(key, await lease(key));
      expect(await stateOf(key)).toBe('new');
    });

    it('ends a lease after leaseMs', async () => {
      const key = randomUUID();
      await lease(key, { leaseMs: 20 });
      await expect(lease(key)).resolves.toBeTypeOf('string');
    });

    it('does nothing with a token whose lease has ended', async () => {
      const key = randomUUID();
      const stale = await lease(key, { leaseMs: 20 });
      const token = await lease(key);
      expect(token).not.toBe(stale);
      await store.commit(key, stale, keep);
      expect(await stateOf(key)).toBe('pending');
      await store.release(key, stale);
      expect(await stateOf(key)).toBe('pending');
      await store.commit(key, token, keep);
      expect(await stateOf(key)).toBe('done');
    });

    it('commits with an expired token if nobody has claimed the key since', async () => {
      const key = randomUUID();
      const late = await lease(key, { leaseMs: 1 });
      await vi.waitUntil(async () => (await ttl(`dixa-webhooks:${key}`)) < 0, { timeout: 10_000, interval: 5 });
      await store.commit(key, late, keep);
      expect(await stateOf(key)).toBe('done');
    });

    it('treats a claim that the client sends twice as one', async () => {
      const key = randomUUID();
      const { client } = connection;
      const send = client.eval.bind(client) as (...sent: unknown[]) => Promise<unknown>;
      const sendTwice = async (...sent: unknown[]) => {
        await send(...sent);
        return send(...sent);
      };
      const twice = redisDedupe(Object.create(client, { eval: { value: sendTwice } }));
      expect(await twice.claim(key, long)).toMatchObject({ state: 'new' });
      expect(await twice.claim(key, long)).toMatchObject({ state: 'pending' });
    });

    it('does nothing with the token of an event that was handled', async () => {
      const key = randomUUID();
      const token = await lease(key);
      await store.commit(key, token, keep);
      await store.release(key, token);
      expect(await stateOf(key)).toBe('done');
    });

    it('keeps a lease for leaseMs, and a handled key for keepMs', async () => {
      const key = randomUUID();
      const token = await lease(key);
      const leased = await ttl(`dixa-webhooks:${key}`);
      await store.commit(key, token, keep);
      const kept = await ttl(`dixa-webhooks:${key}`);
      expect(leased).toBeGreaterThan(0);
      expect(leased).toBeLessThanOrEqual(long.leaseMs);
      expect(kept).toBeGreaterThan(long.leaseMs);
      expect(kept).toBeLessThanOrEqual(keep.keepMs);
    });

    it('prefixes its keys', async () => {
      const key = randomUUID();
      await lease(key);
      const other = redisDedupe(connection.client, { prefix: 'mine:' });
      expect(await other.claim(key, long)).toMatchObject({ state: 'new' });
      expect(await ttl(`mine:${key}`)).toBeGreaterThan(0);
    });
  });

  it('understands a client that replies with buffers', async () => {
    const { client, close } = await connect('redis', redis.url);
    const { withTypeMapping } = client as unknown as { withTypeMapping(types: object): RedisClient };
    const bulkString = '$'.charCodeAt(0);
    const store = redisDedupe(withTypeMapping.call(client, { [bulkString]: Buffer }));
    const key = randomUUID();
    expect(await store.claim(key, long)).toMatchObject({ state: 'new' });
    expect(await store.claim(key, long)).toMatchObject({ state: 'pending' });
    await close();
  });

  it('shares its leases between the two clients', async () => {
    const connections = await Promise.all(clientNames.map((name) => connect(name, redis.url)));
    const [first, second] = connections.map(({ client }) => redisDedupe(client));
    const key = randomUUID();
    const token = (await first?.claim(key, long))?.token ?? expect.fail('no token');
    expect(await second?.claim(key, long)).toMatchObject({ state: 'pending' });
    await second?.commit(key, token, keep);
    expect(await first?.claim(key, long)).toMatchObject({ state: 'done' });
    for (const connection of connections) await connection.close();
  });
});
