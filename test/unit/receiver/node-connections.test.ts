import { describe, expect, it, vi } from 'vitest';
import { createReceiver, DixaPayloadError } from '../../../src/receiver/index.js';
import { delivery, eventDelivery, eventText, otherSecret, secret } from '../../support/receiver-delivery.js';
import { deferred } from '../../support/receiver-made.js';
import { head, open, serve } from '../../support/receiver-server.js';

const text = eventText();
const sent = await delivery(text);
const length = (bytes: number) => `content-length: ${bytes}`;
const forged = await delivery(text, { secret: otherSecret });
const whole = head(sent, [length(text.length)]) + text;
const statuses = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

async function served(options = {}) {
  const receiver = createReceiver({ secret, ...options });
  const errors: unknown[] = [];
  receiver.onError((error) => errors.push(error));
  const made = await serve(receiver);
  return { ...made, receiver, errors, connection: await open(made.port) };
}

describe('a connection', () => {
  it('is kept for the next delivery', async () => {
    const { connection, server } = await served();
    const connections = vi.fn();
    server.on('connection', connections);
    for (let count = 1; count <= 3; count += 1) {
      connection.socket.write(whole);
      await connection.until(new RegExp(`(HTTP/1.1 200 .*){${count}}`, 's'));
    }
    expect(connection.text()).not.toMatch(/connection: close/i);
    expect(connections).not.toHaveBeenCalled();
  });

  it.each([
    ['another method', head({ ...sent, method: 'GET' }), 405],
    ['a missing signature, and no body', head({ headers: {} }), 400],
    ['a wrong signature', head(forged, [length(text.length)]) + text, 401],
  ])('is kept after %s', async (_, refused, status) => {
    const { connection } = await served();
    connection.socket.write(refused);
    await connection.until(new RegExp(`HTTP/1.1 ${status} `));
    connection.socket.write(whole);
    await connection.until(/HTTP\/1.1 200 /);
    expect(statuses(connection.text())).toEqual([status, 200]);
  });

  it('answers pipelined requests in their order', async () => {
    const { connection, receiver } = await served();
    const first = deferred();
    receiver.on('ConversationClosed', () => first.promise);
    receiver.on('ConversationCreated', () => first.resolve());
    const slow = await eventDelivery({ event_fqn: 'CONVERSATION_CLOSED' });
    connection.socket.write(
      head(slow, [length(slow.body.length)]) + slow.body + whole + head({ headers: {} }, [length(0)]) + whole,
    );
    await connection.until(/(HTTP\/1.1 .*){4}/s);
    expect(statuses(connection.text())).toEqual([200, 200, 400, 200]);
  });

  it('is closed after a missing signature whose body was not read', async () => {
    const { connection } = await served();
    connection.socket.write(`${head({ headers: {} }, [length(2)])}{}`);
    await connection.closed;
    expect(connection.text()).toMatch(/^HTTP\/1.1 400 .*connection: close/is);
  });

  it('answers a pipelined request that comes before one that is refused and goes on and on', async () => {
    const { connection, receiver, server } = await served();
    const first = deferred();
    receiver.onAny(() => first.promise);
    server.on('request', (_, reply) => {
      // The second reply is ready before the first.
      const { end } = reply;
      reply.end = (...args: unknown[]) => {
        setImmediate(first.resolve);
        return Reflect.apply(end, reply, args);
      };
    });
    connection.socket.write(whole + head({ headers: {} }, [length(2_000_000)]));
    connection.socket.write('x'.repeat(1_500_000));

    await connection.closed;
    expect(statuses(connection.text())).toEqual([200, 400]);
  });
});

describe('a sender that lies about content-length', () => {
  it('and sends less is not answered 200, and loses its connection', async () => {
    const { connection, errors, receiver, listened } = await served();
    const handler = vi.fn();
    receiver.onAny(handler);
    connection.socket.end(head(sent, [length(text.length + 1)]) + text);
    await connection.closed;
    await Promise.all(listened);
    expect(connection.text()).not.toContain('200');
    expect(errors).toEqual([expect.any(DixaPayloadError)]);
    expect(handler).not.toHaveBeenCalled();
  });

  it('and sends more has its excess taken for the next request, and refused', async () => {
    const { connection, receiver } = await served();
    const handler = vi.fn();
    receiver.onAny(handler);
    connection.socket.write(`${whole}${'x'.repeat(100)}\r\n\r\n`);
    await connection.closed;
    expect(statuses(connection.text()).at(-1)).toBe(400);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('and announces too much is refused before it sends a byte', async () => {
    const { connection } = await served();
    connection.socket.write(head(sent, [length(1_048_577)]));
    await connection.until(/^HTTP\/1.1 413 .*connection: close/is);
  });

  it('with a content-length that is no number is refused by node', async () => {
    const { connection } = await served();
    connection.socket.write(head(sent, ['content-length: 1e9']));
    await connection.closed;
    expect(statuses(connection.text())).toEqual([400]);
  });
});

describe('a sender that hangs up', () => {
  const stages: readonly (readonly [string, string])[] = [
    ['before it says anything', ''],
    ['within the head', head(sent).slice(0, 60)],
    ['after the head', head(sent, [length(text.length)])],
    ['within the body', whole.slice(0, -10)],
    ['within a chunk', `${head(sent, ['transfer-encoding: chunked'])}ff\r\nabc`],
    ['after a missing signature', `${head({ headers: {} }, [length(100)])}abc`],
    ['after the announcement of too much', head(sent, [length(2_000_000)])],
  ];

  describe.each(['end', 'resetAndDestroy'] as const)('by %s', (way) => {
    it.each(stages)('%s does no harm, and nothing of it stays', async (_, bytes) => {
      const { connection, errors, listened, port, server } = await served();
      const gone = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
      const second = await open(port);
      second.socket.write(bytes, () => second.socket[way]());
      await Promise.all([second.closed, gone]);
      await Promise.all(listened);
      expect(errors.every((error) => error instanceof Error && error.name.startsWith('Dixa'))).toBe(true);

      connection.socket.write(whole);
      await connection.until(/^HTTP\/1.1 200 /);
    });
  });

  it('while its event is handled does no harm', async () => {
    const { connection, receiver, listened, errors } = await served();
    const begun = deferred();
    const done = deferred();
    receiver.onAny(() => {
      begun.resolve();
      return done.promise;
    });
    connection.socket.write(whole);
    await begun.promise;
    connection.socket.resetAndDestroy();
    await connection.closed;
    done.resolve();
    await Promise.all(listened);
    expect(errors).toEqual([]);
  });
});
