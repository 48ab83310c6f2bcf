import { createReceiver, DixaConfigurationError, parseEvent, verifyEvent } from 'dixa-webhooks/receiver';
import { sampleEvent, signedDelivery, spoilings } from 'dixa-webhooks/testing';
import { describe, expect, it, vi } from 'vitest';
import { otherSecret, rejection, secret } from '../../support/receiver-delivery.js';
import vectors from '../receiver/both/vectors.json' with { type: 'json' };

const event = sampleEvent('ConversationRated');
const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';

describe('signedDelivery', () => {
  it('prints a captured delivery byte for byte', async () => {
    const captured = vectors.good.find(({ name }) => name.startsWith('body as Dixa prints it'));
    const body = Buffer.from(captured?.bodyBase64 ?? '', 'base64').toString();

    const delivery = await signedDelivery(parseEvent(body), { secret, timestamp: captured?.now });

    expect(delivery.body).toBe(body);
  });

  it('signs a captured delivery as it was signed', async () => {
    const captured = vectors.good.find(({ name }) => name.startsWith('body as Dixa prints it'));
    const timestamp = Number(/t=(\d+)/.exec(captured?.header ?? '')?.[1]);
    const body = Buffer.from(captured?.bodyBase64 ?? '', 'base64').toString();

    const { headers } = await signedDelivery(parseEvent(body), { secret: captured?.secrets[0] ?? '', timestamp });

    expect(headers['x-dixa-signature']).toBe(captured?.header);
  });

  it('is received and handled', async () => {
    const receiver = createReceiver({ secret });
    const handler = vi.fn();
    receiver.on('ConversationRated', handler);

    const result = await receiver.receive(await signedDelivery(event, { secret }));

    expect(result.outcome).toBe('handled');
    expect(handler.mock.calls[0]?.[0]).toEqual(event);
  });

  it('fits Request', async () => {
    const receiver = createReceiver({ secret });

    const response = await receiver.fetch(
      new Request('https://hooks.example.com', await signedDelivery(event, { secret })),
    );

    expect(response.status).toBe(200);
  });

  it('names its subscription', async () => {
    const find = vi.fn(() => secret);

    await createReceiver({ secret: find }).receive(await signedDelivery(event, { secret, subscriptionId: id }));

    expect(find).toHaveBeenCalledWith(id, undefined);
  });

  it('has a subscription id that is a UUID by default', async () => {
    const find = vi.fn(() => secret);

    await createReceiver({ secret: find }).receive(await signedDelivery(event, { secret }));

    expect(find).toHaveBeenCalledWith('00000000-0000-4000-8000-000000000000', undefined);
  });

  it("adds headers, but does not replace Dixa's own", async () => {
    const headers = { Authorization: 'Bearer t', 'X-DIXA-SIGNATURE': 'mine', 'Content-Type': 'text/plain' };

    const delivery = await signedDelivery(event, { secret, headers });

    expect(delivery.headers.authorization).toBe('Bearer t');
    expect(delivery.headers['content-type']).toBe('application/json');
    await expect(verifyEvent({ ...delivery, secret })).resolves.toEqual(event);
    expect(Object.keys(delivery.headers)).toHaveLength(4);
  });

  it.each([
    ['unsigned', 400, { reason: 'missing-header' }],
    ['garbled', 400, { reason: 'malformed-header' }],
    ['tampered', 401, { reason: 'signature-mismatch' }],
    ['wrong-secret', 401, { reason: 'signature-mismatch' }],
    ['reserialised', 401, { reason: 'signature-mismatch' }],
    ['stale', 401, { reason: 'timestamp-out-of-tolerance' }],
    ['future', 401, { reason: 'timestamp-out-of-tolerance' }],
    ['not-an-event', 400, { name: 'DixaPayloadError' }],
  ] as const)('spoiled as %s is refused with %i', async (spoil, status, error) => {
    const receiver = createReceiver({ secret });
    receiver.onError(() => {});

    const result = await receiver.receive(await signedDelivery(event, { secret, spoil }));

    expect(result).toMatchObject({ status, outcome: 'refused', error });
  });

  it('can be spoiled in each way that spoilings lists', async () => {
    const receiver = createReceiver({ secret });
    receiver.onError(() => {});
    const deliveries = await Promise.all(spoilings.map((spoil) => signedDelivery(event, { secret, spoil })));
    const results = await Promise.all(deliveries.map(receiver.receive));

    expect(results.map(({ outcome }) => outcome)).toEqual(spoilings.map(() => 'refused'));
  });

  it.each(['00'.repeat(32), '11'.repeat(32)])(
    'as wrong-secret is never signed with the right one (%s)',
    async (zeros) => {
      const { body, headers } = await signedDelivery(event, { secret: zeros, spoil: 'wrong-secret' });

      expect(await rejection(verifyEvent({ body, headers, secret: zeros }))).toMatchObject({
        reason: 'signature-mismatch',
      });
    },
  );

  it.each([
    ['a secret that is not hex', { secret: 'secret' }, /^secret is not hex/],
    ['no secret', {}, /^secret is empty or not a string/],
    ['no options', undefined, /^The options must be an object\.$/],
    ['a misspelt option', { secrets: secret }, /^There is no option secrets: use secret\.$/],
    ['a time in seconds with a fraction', { secret, timestamp: 1.5 }, /^timestamp must be a whole number/],
    ['a time that is no number', { secret, timestamp: Number.NaN }, /^timestamp must be a whole number/],
    ['a list of secrets', { secret: [secret] }, /^secret is empty or not a string/],
    [
      'Headers',
      { secret, headers: new Headers({ 'x-shop': '7' }) },
      /^headers must be an object of strings: convert Headers with Object\.fromEntries/,
    ],
    ['headers that are null', { secret, headers: null }, /^headers must be an object of strings/],
    [
      'a header that is undefined',
      { secret, headers: { 'x-shop': undefined } },
      /^headers must be an object of strings/,
    ],
    ['an unknown spoiling', { secret, spoil: 'unsignd' }, /^Unknown spoiling unsignd: use unsigned\.$/],
    ['a spoiling of every object', { secret, spoil: 'constructor' }, /^Unknown spoiling constructor: use unsigned, /],
  ])('refuses %s', async (_, options, message) => {
    const error = await rejection(signedDelivery(event, options as never));

    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain(otherSecret);
  });

  it.each([
    ['a bigint', { data: { score: 1n } }],
    ['a toJSON that returns nothing', { toJSON: () => undefined }],
    [
      'itself',
      Object.assign(Object.create(null), {
        get self() {
          return this;
        },
      }),
    ],
  ])('refuses an event that contains %s', async (_, wrong) => {
    expect(await rejection(signedDelivery(wrong, { secret }))).toEqual(
      new DixaConfigurationError(
        'The event cannot be serialised as JSON: it contains, for example, a bigint or a reference to itself.',
      ),
    );
  });

  it.each([[undefined], [null], ['text'], [[]], [() => {}], [new Map()], [Promise.resolve()]])(
    'refuses the event %o',
    async (wrong) => {
      expect((await rejection(signedDelivery(wrong as never, { secret }))).message).toBe(
        'The event must be an object, such as sampleEvent(…).',
      );
    },
  );
});
