import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createReceiver,
  DixaError,
  DixaPayloadError,
  DixaSignatureError,
  type ReceiverOptions,
} from '../../../src/receiver/index.js';
import { delivery, eventText, otherSecret, type Sent, secret } from '../../support/receiver-delivery.js';
import { printed } from '../../support/receiver-made.js';

const personal = 'someone@example.test';
const text = eventText({ data: { conversation: { requester: { email: personal } } } });
class ShopIsClosedError extends Error {
  override name = 'ShopIsClosedError';
}
const fails = () => {
  throw new ShopIsClosedError(`of ${personal}`);
};

interface Case {
  readonly name: string;
  readonly options?: Partial<ReceiverOptions>;
  readonly sent?: () => Promise<Sent>;
  readonly handler?: () => unknown;
}

const told: readonly (Case & { readonly says: string })[] = [
  { name: 'a handler that throws', handler: fails, says: 'gets the error): ShopIsClosedError' },
  {
    name: 'a handler that throws undefined',
    handler: () => Promise.reject(),
    says: 'gets the error): ',
  },
  ...Object.entries({
    'a symbol': Symbol('x'),
    'null as its prototype': Object.create(null),
    'a name that is a symbol': Object.assign(new Error('x'), { name: Symbol('x') }),
    'a name of two lines': Object.assign(new Error('x'), { name: `Shop\n${personal}` }),
    'a name that cannot be read': Object.defineProperty(new Error('x'), 'name', { get: fails }),
    'traps that throw': new Proxy({}, { get: fails, getPrototypeOf: fails }),
  }).map(([what, oddity]) => ({
    name: `a handler that throws something with ${what}`,
    handler: () => Promise.reject(oddity),
    says: 'gets the error): ',
  })),
  {
    name: 'a secret function that throws',
    options: { secret: fails },
    says: 'gets the error): ShopIsClosedError',
  },
  { name: 'a malformed secret', options: { secret: () => `"${secret}"` }, says: 'secret is in quotes' },
  {
    name: 'a body that was parsed',
    sent: async () => ({ ...(await delivery(text)), body: JSON.parse(text) }),
    says: 'raw body',
  },
  {
    name: 'an error of the receiver, which quotes nothing',
    options: { dedupe: { claim: () => Promise.reject(new DixaError('Redis is away.')), commit() {}, release() {} } },
    says: 'Redis is away.',
  },
  {
    name: 'an error of another part of the package, which may quote the event',
    handler: () => Promise.reject(new DixaPayloadError(personal)),
    says: 'gets the error): DixaPayloadError',
  },
  {
    name: 'a handler that refuses a signature of its own',
    handler: () => Promise.reject(new DixaSignatureError('signature-mismatch', 'The inner one is wrong.')),
    says: 'The inner one is wrong.',
  },
  {
    name: 'a store that fails',
    options: { dedupe: { claim: fails, commit() {}, release() {} } },
    says: 'gets the error): ShopIsClosedError',
  },
];

/** Refused deliveries, of which the first for each reason is logged. */
const refused: readonly (Case & { readonly says: string })[] = [
  {
    name: 'a missing signature',
    sent: async () => ({ body: text, headers: {} }),
    says: 'The X-DIXA-SIGNATURE header is missing',
  },
  {
    name: 'a garbled signature',
    sent: () => delivery(text, { headers: { 'x-dixa-signature': 't=1' } }),
    says: 'is not t=',
  },
  { name: 'another secret', options: { secret: otherSecret }, says: 'No secret matches' },
  { name: 'no secret', options: { secret: () => undefined }, says: 'found no secret for' },
  { name: 'a delivery too old', sent: () => delivery(text, { timestamp: 1 }), says: 'check the clock' },
  { name: 'a body over the limit', options: { maxBodyBytes: 1 }, says: 'larger than maxBodyBytes (1)' },
  { name: 'a signed body that is not an event', sent: () => delivery(`["${personal}"]`), says: 'not a JSON object' },
];

const untold: readonly Case[] = [
  { name: 'another method', sent: async () => ({ ...(await delivery(text)), method: 'PUT' }) },
  { name: 'an event that is handled' },
];

async function printedFor({ options, sent = () => delivery(text), handler }: Case): Promise<unknown[][]> {
  const print = printed();
  onTestFinished(() => print.mockRestore());
  const receiver = createReceiver({ secret, ...options });
  if (handler) receiver.onAny(handler);
  await receiver.receive(await sent());
  return print.mock.calls;
}

describe('without onError', () => {
  it.each(told)('$name is told in one line without payload', async ({ says, ...failing }) => {
    const [[line, ...more] = [], ...lines] = await printedFor(failing);

    expect([more, lines]).toEqual([[], []]);
    expect(line).toMatch(/^dixa-webhooks: a delivery [^\n]+$/);
    expect(line).toContain(says);
    expect(line).not.toContain(personal);
    expect(line).not.toContain(secret);
  });

  it.each(refused)('the first refused delivery is logged in one line, with its reason: $name', async (failing) => {
    const { says, options, sent = () => delivery(text) } = failing;
    const print = printed();
    onTestFinished(() => print.mockRestore());
    const receiver = createReceiver({ secret, ...options });
    for (let copies = 0; copies < 3; copies += 1) await receiver.receive(await sent());
    expect(print.mock.calls).toHaveLength(1);
    const [[line] = []] = print.mock.calls;
    expect(line).toMatch(/^dixa-webhooks: a delivery was refused [^\n]+$/);
    expect(line).toContain(says);
    expect(line).not.toContain(personal);
  });

  it('a scanner without a signature does not silence the line that says that no secret matches', async () => {
    const print = printed();
    onTestFinished(() => print.mockRestore());
    const receiver = createReceiver({ secret: otherSecret });
    for (let copies = 0; copies < 2; copies += 1) {
      await receiver.receive({ body: '', headers: {} });
      await receiver.receive(await delivery(text));
    }
    expect(print.mock.calls.map(([line]) => String(line).split(': ')[2])).toEqual([
      'The X-DIXA-SIGNATURE header is missing',
      'No secret matches',
    ]);
  });

  it('the type of an event that was not handled is logged', async () => {
    const [[line] = []] = await printedFor({ name: 'a handler that throws', handler: fails });
    expect(line).toBe(
      'dixa-webhooks: a delivery of ConversationCreated failed (receiver.onError() gets the error): ShopIsClosedError',
    );
  });

  it.each(untold)('nothing is told of $name', async (refused) => {
    expect(await printedFor(refused)).toEqual([]);
  });
});

describe('with onError', () => {
  it.each(told)('nothing is printed of $name', async ({ options, sent = () => delivery(text), handler }) => {
    const print = printed();
    onTestFinished(() => print.mockRestore());
    const receiver = createReceiver({ secret, ...options });
    const errors: unknown[] = [];
    receiver.onError((error) => errors.push(error));
    if (handler) receiver.onAny(handler);

    await receiver.receive(await sent());

    expect(errors).toHaveLength(1);
    expect(print).not.toHaveBeenCalled();
  });
});
