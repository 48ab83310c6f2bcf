import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReceiver, type DedupeOptions, type Receiver, signPayload } from '../../src/receiver/index.js';
import { redisDedupe } from '../../src/receiver/redis.js';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { clientNames, connect, type TestClient } from './clients.js';

const secret = '5c'.repeat(32);

describeWhere([examplesInstalled, redisInstalled], 'a receiver with redisDedupe', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  describe.each(clientNames)('and a client of %s', (name) => {
    let connection: TestClient;
    beforeAll(async () => {
      connection = await connect(name, redis.url);
    });
    afterAll(() => connection?.close());

    /** A receiver whose handler ends on request. */
    const receiverWith = (options: Partial<DedupeOptions>, pendingWaitMs = 60_000) => {
      const dedupe = { store: redisDedupe(connection.client), by: 'event', ...options } as const;
      const receiver = createReceiver({ secret, dedupe, pendingWaitMs });
      const errors: unknown[] = [];
      receiver.onError((error) => errors.push(error));
      const { handler, ...control } = gate();
      receiver.onAny(handler);
      return { receiver, errors, handler: control };
    };

    it.each(['handled', 'failed'] as const)(
      'leaves alone the lease of who took over, where a handler outlived its own and %s',
      async (ending) => {
        const eventId = randomUUID();
        const slow = receiverWith({ leaseMs: 50 });
        const next = receiverWith({ leaseMs: 60_000 });
        const third = receiverWith({}, 0);

        const slowly = send(slow.receiver, eventId);
        await slow.handler.entered;
        const successor = send(next.receiver, eventId);
        await next.handler.entered;
        if (ending === 'failed') slow.handler.fail(new Error('too slow'));
        else slow.handler.leave();

        expect(await slowly).toMatchObject({ outcome: ending });
        expect(await send(third.receiver, eventId)).toMatchObject({ status: 503, outcome: 'pending' });
        next.handler.leave();
        expect(await successor).toMatchObject({ outcome: 'handled' });
        expect(await send(third.receiver, eventId)).toMatchObject({ status: 200, outcome: 'duplicate' });
      },
    );

    it('handles the next duplicate of an event whose handler failed', async () => {
      const eventId = randomUUID();
      const first = receiverWith({});
      first.handler.fail(new Error('of the handler'));
      expect(await send(first.receiver, eventId)).toMatchObject({ status: 500, outcome: 'failed' });

      const second = receiverWith({});
      second.handler.leave();
      expect(await send(second.receiver, eventId)).toMatchObject({ status: 200, outcome: 'handled' });
    });

    it('responds with 500 if the store fails before the handler, which is not called', async () => {
      const eventId = randomUUID();
      // A key of another kind: every read of it fails.
      await connection.command('RPUSH', `dixa-webhooks:${eventId}`, 'a list');
      const { receiver, errors, handler } = receiverWith({});
      let isHandled = false;
      void handler.entered.then(() => {
        isHandled = true;
      });

      expect(await send(receiver, eventId)).toMatchObject({ status: 500, outcome: 'failed' });
      expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') })]);
      expect(isHandled).toBe(false);
    });

    it('responds with 500 until the lease ends if the store fails after the handler', async () => {
      const eventId = randomUUID();
      const { receiver, errors, handler } = receiverWith({ leaseMs: 400 });
      const sent = send(receiver, eventId);
      await handler.entered;
      await replaceByList(`dixa-webhooks:${eventId}`);
      handler.leave();

      expect(await sent).toMatchObject({ status: 500, outcome: 'failed' });
      expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') })]);
    });

    it("tells the handler's error and the store's where both fail", async () => {
      const eventId = randomUUID();
      const { receiver, errors, handler } = receiverWith({});
      const sent = send(receiver, eventId);
      await handler.entered;
      await replaceByList(`dixa-webhooks:${eventId}`);
      const error = new Error('of the handler');
      handler.fail(error);

      expect(await sent).toMatchObject({ status: 500, outcome: 'failed', error });
      expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('WRONGTYPE') }), error]);
    });

    it('responds with 500 if the client is closed', async () => {
      const closed = await connect(name, redis.url);
      await closed.close();
      const { receiver, errors } = receiverWith({ store: redisDedupe(closed.client), leaseMs: 100 });
      expect(await send(receiver, randomUUID())).toMatchObject({ status: 500, outcome: 'failed' });
      expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(/closed/i) })]);
    });

    it('responds with 500 if the server is down', async () => {
      const server = await startRedis();
      const { client, command, abandon } = await connect(name, server.url);
      await command('PING');
      await server.stop();
      const { receiver, errors } = receiverWith({ store: redisDedupe(client), leaseMs: 100 });

      expect(await send(receiver, randomUUID())).toMatchObject({ status: 500, outcome: 'failed' });
      expect(errors).toEqual([expect.any(Error)]);
      abandon();
    });

    const replaceByList = async (key: string) => {
      await connection.command('DEL', key);
      await connection.command('RPUSH', key, 'a list');
    };
  });
});

async function send(receiver: Receiver, eventId: string) {
  const body = JSON.stringify({ event_id: eventId, event_fqn: 'CONVERSATION_CREATED', data: {} });
  return receiver.receive({ body, headers: { 'x-dixa-signature': await signPayload({ body, secret }) } });
}

/** A handler that ends when the test says so. */
function gate() {
  let enter = () => {};
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  let leave = () => {};
  let fail: (error: Error) => void = () => {};
  const left = new Promise<void>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  left.catch(() => {});
  const handler = () => {
    enter();
    return left;
  };
  return { handler, entered, leave, fail };
}
