import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  DixaConfigurationError,
  DixaSignatureError,
  signPayload,
  verifySignature,
} from '../../../src/receiver/index.js';
import { adapters } from '../../support/receiver-adapters.js';
import {
  delivery,
  eventDelivery,
  eventText,
  otherSecret,
  rejection,
  secret,
  thrown,
} from '../../support/receiver-delivery.js';
import { head, open, post, serve } from '../../support/receiver-server.js';

const personal = 'someone@example.test';

/** Each was reproduced in a receiver that people use; the bodies and the wires are those that showed it. */
describe('defects of other receivers', () => {
  const written = vi.fn();
  const crashed = vi.fn();
  beforeEach(() => {
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, name).mockImplementation(written);
    process.on('unhandledRejection', crashed);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.off('unhandledRejection', crashed);
    written.mockClear();
    crashed.mockClear();
  });

  it('a body of 64 MB is not buffered whole: no more is read than may be a body and what is drained', async () => {
    const { port, server } = await serve(createReceiver({ secret }));
    const bytesRead: (() => number)[] = [];
    server.on('connection', (socket) => bytesRead.push(() => socket.bytesRead));
    const { socket, until, closed } = await open(port);
    const size = 64 * 1_048_576;
    socket.write(head(await delivery(), ['transfer-encoding: chunked']));
    socket.write(`${size.toString(16)}\r\n`);
    socket.write(Buffer.alloc(size));

    await until(/^HTTP\/1.1 413 /);
    await closed;
    expect(bytesRead[0]?.()).toBeLessThan(2.5 * 1_048_576);
  });

  it.each(adapters)('the payload is not logged, be it unverified or verified: $name', async ({ send }) => {
    const body = eventText({ event_fqn: personal, data: { email: personal } });
    const receiver = createReceiver({ secret });
    receiver.onAny(() => {
      throw new Error(`cannot handle ${personal}`);
    });
    const forged = await delivery(body, { secret: otherSecret });
    for (const sent of [forged, { ...forged, headers: {} }, await delivery(body), await delivery(`["${personal}"]`)]) {
      await send(receiver, sent);
    }
    expect(JSON.stringify(written.mock.calls)).not.toContain(personal);
  });

  it.each(adapters)("a handler's error text is not sent to the caller: $name", async ({ send }) => {
    const receiver = createReceiver({ secret });
    receiver.onAny(() => {
      throw Object.assign(new Error('the database is at 10.0.0.1'), { status: 418, headers: { 'x-leak': '10.0.0.1' } });
    });
    const answer = await send(receiver, await delivery());
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(JSON.stringify(answer)).not.toContain('10.0.0.1');
  });

  it.each(['1', '"x"', 'null', 'true', '[]', ''])('a signed body %j does not kill the process', async (body) => {
    const receiver = createReceiver({ secret });
    receiver.onAny((event) => Object.keys(event));
    const { port } = await serve(receiver);

    expect((await post(port, await delivery(body))).status).toBe(400);
    expect((await post(port, await delivery())).status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(crashed).not.toHaveBeenCalled();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'a name from outside is not looked up on an object: %s',
    async (event_fqn) => {
      const receiver = createReceiver({ secret });
      const known = vi.fn();
      const unknown = vi.fn();
      receiver.on('ConversationCreated', known);
      receiver.onUnknown(unknown);

      expect(await receiver.receive(await eventDelivery({ event_fqn }))).toMatchObject({
        status: 200,
        outcome: 'unknown',
      });
      expect(unknown.mock.lastCall?.[0]).toMatchObject({ type: 'Unknown', event_fqn });
      expect(known).not.toHaveBeenCalled();
    },
  );

  it.each([301_000, 86_400_000, 1e13])('a time %i ms in the future is not accepted', async (ahead) => {
    const sent = await delivery(eventText(), { timestamp: Date.now() + ahead });
    expect(await createReceiver({ secret }).receive(sent)).toMatchObject({
      status: 401,
      error: { reason: 'timestamp-out-of-tolerance' },
    });
  });

  it.each(['NaN', 'Infinity', '-1', '1e13', '0x18bcfe56800', '', '1.5'])(
    'a time that is %j is not accepted, though it was signed',
    async (t) => {
      const digest = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${t}.{}`).digest('hex');
      const headers = { 'x-dixa-signature': `t=${t},v1=${digest}` };
      expect(await createReceiver({ secret }).receive({ body: '{}', headers })).toMatchObject({
        status: 400,
        error: { reason: 'malformed-header' },
      });
    },
  );

  it.each(['', ' ', '\t\n', '""', '0x', 'zz'])(
    'a secret that decodes to an empty key is not accepted: %j',
    async (empty) => {
      expect(thrown(() => createReceiver({ secret: empty }))).toBeInstanceOf(DixaConfigurationError);

      const digest = createHmac('sha256', '').update(`${Date.now()}.{}`).digest('hex');
      const failure = verifySignature({ body: '{}', signature: `t=${Date.now()},v1=${digest}`, secret: empty });
      expect(await rejection(failure)).toBeInstanceOf(DixaConfigurationError);
    },
  );

  it.each(['é'.repeat(64), 'ÿ'.repeat(32), `${'a'.repeat(63)}\u00e9`, '\u0130'.repeat(64)])(
    'a v1 that is not ASCII is refused with the error class, not with a RangeError: %s',
    async (v1) => {
      const failure = verifySignature({ body: '{}', signature: `t=${Date.now()},v1=${v1}`, secret });
      expect(await rejection(failure)).toBeInstanceOf(DixaSignatureError);
    },
  );

  it.each(adapters)('a body that is not UTF-8, but rightly signed, is not refused: $name', async ({ send }) => {
    const body = Buffer.concat([
      Buffer.from('{"data":"'),
      Buffer.from([0xff, 0xc3, 0x28, 0xe2, 0x82]),
      Buffer.from('"}'),
    ]);
    const receiver = createReceiver({ secret });
    const raw: Uint8Array[] = [];
    receiver.onAny((_, { rawBody }) => raw.push(rawBody));

    expect(await send(receiver, await delivery(body))).toMatchObject({ status: 200 });
    expect(Buffer.from(raw[0] ?? []).equals(body)).toBe(true);
  });

  it.each(adapters)('a genuine event over 100 kB is not refused: $name', async ({ send }) => {
    const large = await eventDelivery({ data: { text: 'ø'.repeat(400_000) } });
    expect(large.body.length).toBeGreaterThan(102_400);
    expect(await send(createReceiver({ secret }), large)).toMatchObject({ status: 200 });
  });

  it('a body is not signed as a text of which the length is counted in another unit', async () => {
    const body = '{"text":"🐙 ø"}';
    expect(await signPayload({ body, secret, timestamp: 1 })).toBe(
      await signPayload({ body: Buffer.from(body), secret, timestamp: 1 }),
    );
  });
});
