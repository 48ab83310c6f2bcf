import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  type Delivery,
  DixaConfigurationError,
  memoryDedupe,
  type ReceiverOptions,
  verifyEvent,
} from '../../../src/receiver/index.js';
import { delivery, eventText, secret, thrown } from '../../support/receiver-delivery.js';

const statuses = [200, 400, 401, 405, 413, 500];
const { headers } = await delivery();
const signature = headers['x-dixa-signature'];

function quiet(options: Partial<ReceiverOptions> = {}) {
  const receiver = createReceiver({ secret, ...options });
  receiver.onError(() => {});
  return receiver;
}

describe('receive()', () => {
  it.each([undefined, null, 5, 'x', true, [], {}, () => {}, Symbol('x')])(
    'given %o as delivery answers',
    async (garbage) => {
      const result = await quiet().receive(garbage as unknown as Delivery);
      expect(statuses).toContain(result.status);
      expect(result.outcome).not.toBe('handled');
    },
  );

  it.each([undefined, null, 5, 'x', true, [], () => {}, Symbol('x'), Object.create(null)])(
    'given %o as headers answers',
    async (garbage) => {
      const result = await quiet().receive({ body: eventText(), headers: garbage as unknown as Delivery['headers'] });
      expect([400, 500]).toContain(result.status);
    },
  );

  it.each([undefined, null, 5, 'x', true])('given %o as headers says that they are missing', async (garbage) => {
    const error = { code: 'DIXA_CONFIGURATION', message: expect.stringContaining('headers must be') };
    const sent = { body: eventText(), headers: garbage as unknown as Delivery['headers'] };
    expect(await quiet().receive(sent)).toMatchObject({ status: 500, outcome: 'failed', error });
    await expect(verifyEvent({ ...sent, secret })).rejects.toMatchObject(error);
  });

  it.each([undefined, null, 5, true, [], {}, Symbol('x'), new Date(0)])(
    'given %o as body answers 500 and says why',
    async (garbage) => {
      const result = await quiet().receive({ headers, body: garbage as unknown as string });
      expect(result).toMatchObject({ status: 500, outcome: 'failed', error: { code: 'DIXA_CONFIGURATION' } });
    },
  );

  it.each([undefined, null, 5, {}])('given a function that gives %o as body does so too', async (garbage) => {
    const result = await quiet().receive({ headers, body: async () => garbage as unknown as string });
    expect(result).toMatchObject({ status: 500, error: { code: 'DIXA_CONFIGURATION' } });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, 'x', null, {}, Symbol('x')])(
    'given %o as receivedAt does not handle',
    async (garbage) => {
      const result = await quiet().receive({ ...(await delivery()), receivedAt: garbage as unknown as number });
      expect([401, 500]).toContain(result.status);
    },
  );

  it('given a function that throws a proxy whose traps throw as body answers 500', async () => {
    const fails = () => {
      throw new Error('trapped');
    };
    const body = () => Promise.reject(new Proxy({}, { get: fails, getPrototypeOf: fails }));
    expect((await quiet().receive({ headers, body })).status).toBe(500);
  });

  it('never rejects, whatever it is given', async () => {
    const receiver = quiet({ maxBodyBytes: 200 });
    const header = fc.oneof(fc.constant(signature), fc.string({ unit: 'binary' }), fc.anything());
    const deliveries = fc.record(
      {
        method: fc.oneof(fc.constantFrom('POST', 'GET', 'post'), fc.anything()),
        headers: fc.oneof(
          fc.anything(),
          fc.record({ 'x-dixa-signature': header, 'X-Dixa-Subscription-Id': header }, { requiredKeys: [] }),
        ),
        body: fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.anything(),
          fc.func(fc.anything()),
        ),
        receivedAt: fc.oneof(fc.constant(Date.now()), fc.anything()),
        waitUntil: fc.anything(),
        env: fc.anything(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(deliveries, fc.anything()), async (garbage) => {
        expect(statuses).toContain((await receiver.receive(garbage as Delivery)).status);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it('answers every signed body: 200 to objects, 400 to all else', async () => {
    const receiver = quiet();
    const object = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'event_fqn', 'event_id')),
      fc.jsonValue(),
    );
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }),
      fc.json(),
      object.map((fields) => JSON.stringify(fields)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(new TextDecoder().decode(Buffer.from(body as string)));
        } catch {}
        const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
        expect(await receiver.receive(await delivery(body))).toMatchObject({ status: isObject ? 200 : 400 });
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});

describe('receiver.fetch', () => {
  it('answers a Request whose body breaks off', async () => {
    const stream = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
    const request = new Request('https://example.test', {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect((await quiet().fetch(request)).status).toBe(400);
  });

  it('answers a Request without a body', async () => {
    const empty = await delivery('');
    const request = new Request('https://example.test', { method: 'POST', headers: empty.headers });
    expect((await quiet().fetch(request)).status).toBe(400);
  });
});

describe('createReceiver', () => {
  const names = ['toleranceMs', 'maxBodyBytes', 'pendingWaitMs', 'leaseMs', 'keepMs'];
  const values = [-1, Number.NaN, '5', null, {}, true];
  const store = { claim: vi.fn(), commit: vi.fn(), release: vi.fn() };
  const optionsOf = (name: string, value: unknown) =>
    (/^(lease|keep)Ms$/.test(name)
      ? { toleranceMs: 0, dedupe: { store, [name]: value } }
      : { [name]: value }) as Partial<ReceiverOptions>;

  it.each(names.flatMap((name) => values.map((value) => ({ name, value }))))(
    'refuses $name: $value',
    ({ name, value }) => {
      const error = thrown(() => createReceiver({ secret, ...optionsOf(name, value) }));
      expect(error).toBeInstanceOf(DixaConfigurationError);
      expect(error.message).toContain(name);
    },
  );

  const noStores = [
    {},
    null,
    5,
    { store: {} },
    { by: 'event' },
    memoryDedupe,
    { claim: vi.fn() },
    { ...store, commit: 5 },
  ];
  it.each([...noStores, { store, by: 'events' }])('refuses dedupe: %o', (dedupe) => {
    const error = thrown(() => createReceiver({ secret, dedupe: dedupe as never }));
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('dedupe');
  });

  it.each([
    ['recieved', 'acknowledge'],
    ['', 'acknowledge'],
  ])('refuses acknowledge: %j', (acknowledge, says) => {
    expect(thrown(() => createReceiver({ secret, acknowledge: acknowledge as never })).message).toContain(says);
  });

  it.each([
    ['secrets', 'use secret.'],
    ['tolerance', 'use toleranceMs.'],
    ['maxBodyByte', 'use maxBodyBytes.'],
    ['Dedupe', 'use dedupe.'],
    ['port', 'use secret, toleranceMs,'],
  ])('refuses the unknown option %s with the near name', (name, says) => {
    expect(thrown(() => createReceiver({ secret, [name]: 1 })).message).toContain(says);
  });

  it.each([
    ['leaseMS', 'use leaseMs.'],
    ['ttl', 'use store, by, leaseMs, keepMs.'],
  ])('refuses the unknown option %s of dedupe with the near name', (name, says) => {
    expect(thrown(() => createReceiver({ secret, dedupe: { store, [name]: 1 } })).message).toContain(says);
  });

  it.each([
    { toleranceMs: Number.POSITIVE_INFINITY, dedupe: store },
    { toleranceMs: 5_000, dedupe: { store, keepMs: 4_999 } },
  ])('refuses to forget an event while a duplicate of it would still be accepted: %j', (options) => {
    expect(thrown(() => createReceiver({ secret, ...options })).message).toContain('handled again');
  });

  it.each([null, 5, 'secret', []])('refuses %j as its options', (options) => {
    expect(thrown(() => createReceiver(options as never))).toBeInstanceOf(DixaConfigurationError);
  });

  it.each([undefined, null, 5, 'handler', {}])('has no use for %j as a handler', (handler) => {
    const receiver = quiet();
    for (const register of [
      () => receiver.on('ConversationCreated', handler as never),
      () => receiver.onAny(handler as never),
      () => receiver.onUnknown(handler as never),
      () => receiver.onError(handler as never),
      () => receiver.onResult(handler as never),
    ]) {
      expect(thrown(register)).toBeInstanceOf(DixaConfigurationError);
    }
  });

  it.each(names)('takes 0, any number, and undefined for its default, as %s', (name) => {
    for (const value of [0, 1.5, Number.POSITIVE_INFINITY, undefined]) {
      expect(createReceiver({ secret, ...optionsOf(name, value) })).toHaveProperty('receive');
    }
  });
});
