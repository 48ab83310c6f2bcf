import { describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  type DedupeStore,
  DixaConfigurationError,
  DixaPayloadError,
  DixaSignatureError,
  type ReceiverOptions,
} from '../../../src/receiver/index.js';
import { adapters } from '../../support/receiver-adapters.js';
import { delivery, eventDelivery, eventText, otherSecret, type Sent, secret } from '../../support/receiver-delivery.js';

const boom = new Error('a word that no answer may hold');
const throws = () => {
  throw boom;
};

/** A store that says the same of each key. */
const store = (state: 'new' | 'pending' | 'done', more: Partial<DedupeStore> = {}): DedupeStore => ({
  claim: () => ({ state, token: 'token' }),
  commit() {},
  release() {},
  ...more,
});

interface Row {
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly options?: Partial<ReceiverOptions>;
  readonly sent?: () => Promise<Sent>;
  readonly handler?: () => unknown;
  /** What `onError` is told: fields of an error, or its class. */
  readonly error?: object | (new (...args: never[]) => Error);
}

const rows: readonly Row[] = [
  {
    name: 'PUT',
    status: 405,
    headers: { allow: 'POST' },
    error: { message: 'The method is not POST.', status: 405 },
    sent: async () => ({ ...(await delivery()), method: 'PUT' }),
  },
  {
    name: 'DELETE',
    status: 405,
    headers: { allow: 'POST' },
    error: { message: 'The method is not POST.', status: 405 },
    sent: async () => ({ ...(await delivery()), method: 'DELETE' }),
  },
  {
    name: 'no signature',
    status: 400,
    sent: async () => ({ body: eventText(), headers: {} }),
    error: { reason: 'missing-header' },
  },
  {
    name: 'an empty signature',
    status: 400,
    sent: () => delivery(eventText(), { headers: { 'x-dixa-signature': '' } }),
    error: { reason: 'missing-header' },
  },
  {
    name: 'a garbled signature',
    status: 400,
    sent: () => delivery(eventText(), { headers: { 'x-dixa-signature': 'rubbish' } }),
    error: { reason: 'malformed-header' },
  },
  {
    name: 'a body over the limit',
    status: 413,
    options: { maxBodyBytes: 20 },
    error: DixaPayloadError,
  },
  {
    name: 'a body over 1 MiB',
    status: 413,
    sent: () => delivery('x'.repeat(1_048_577)),
    error: DixaPayloadError,
  },
  { name: 'another secret', status: 401, options: { secret: otherSecret }, error: { reason: 'signature-mismatch' } },
  {
    name: 'a delivery that is 5 min 1 s old',
    status: 401,
    sent: () => delivery(eventText(), { timestamp: Date.now() - 301_000 }),
    error: { reason: 'timestamp-out-of-tolerance' },
  },
  {
    name: 'a delivery from 5 min 2 s ahead',
    status: 401,
    sent: () => delivery(eventText(), { timestamp: Date.now() + 302_000 }),
    error: { reason: 'timestamp-out-of-tolerance' },
  },
  { name: 'no secret: undefined', status: 401, options: { secret: () => undefined }, error: DixaSignatureError },
  { name: "no secret: ''", status: 401, options: { secret: () => '' }, error: DixaSignatureError },
  { name: 'no secret: []', status: 401, options: { secret: async () => [] }, error: DixaSignatureError },
  ...['1', '"x"', 'null', '[]', 'true', '', 'no JSON', `[${eventText()}]`, `${eventText()}}`].map(
    (body): Row => ({
      name: `signed, but no object: ${body.slice(0, 10)}`,
      status: 400,
      sent: () => delivery(body),
      error: DixaPayloadError,
    }),
  ),
  { name: 'an event', status: 200 },
  { name: 'an event of 1 MiB', status: 200, sent: () => delivery(eventText().padEnd(1_048_576)) },
  {
    name: 'an event whose handler resolves late',
    status: 200,
    handler: () => new Promise((resolve) => setImmediate(resolve)),
  },
  { name: 'a copy', status: 200, options: { dedupe: store('done') }, handler: throws },
  { name: 'an unknown type', status: 200, sent: () => eventDelivery({ event_fqn: 'SOMETHING_NEW' }) },
  { name: 'no type at all', status: 200, sent: () => delivery('{}') },
  {
    name: 'a copy that another process is at',
    status: 503,
    options: { dedupe: store('pending'), pendingWaitMs: 0 },
    headers: { 'retry-after': '10' },
  },
  { name: 'a handler that throws', status: 500, handler: throws, error: boom },
  { name: 'a handler that rejects', status: 500, handler: async () => throws(), error: boom },
  {
    name: 'a handler that throws an error of ours',
    status: 500,
    handler: () => {
      throw new DixaSignatureError('signature-mismatch', 'of another service');
    },
    error: DixaSignatureError,
  },
  { name: 'a secret function that throws', status: 500, options: { secret: throws }, error: boom },
  {
    name: 'a secret function that throws an error of ours',
    status: 500,
    options: {
      secret: () => {
        throw new DixaPayloadError('of another service');
      },
    },
    error: DixaPayloadError,
  },
  { name: 'a malformed secret', status: 500, options: { secret: () => 'not hex' }, error: DixaConfigurationError },
  {
    name: 'a malformed secret among good ones',
    status: 500,
    options: { secret: () => [secret, ''] },
    error: DixaConfigurationError,
  },
  {
    name: 'a store that fails to claim',
    status: 500,
    options: { dedupe: store('new', { claim: throws }) },
    error: boom,
  },
  {
    name: 'a store that fails to commit',
    status: 500,
    options: { dedupe: { store: store('new', { commit: throws }), leaseMs: 0 } },
    error: boom,
  },
];

describe.each(adapters)('$name answers', ({ send }) => {
  it.each(rows)('$status to $name', async ({ status, headers = {}, options, sent = delivery, handler, error }) => {
    const receiver = createReceiver({ secret, ...options });
    const onError = vi.fn();
    receiver.onError(onError);
    if (handler) receiver.onAny(handler);

    const answer = await send(receiver, await sent());

    expect(answer).toMatchObject({ status, headers, body: '' });
    if (answer.headers['content-length'] !== undefined) expect(answer.headers['content-length']).toBe('0');
    expect(onError).toHaveBeenCalledTimes(error ? 1 : 0);
    if (typeof error === 'function') expect(onError.mock.lastCall?.[0]).toBeInstanceOf(error);
    else if (error instanceof Error) expect(onError.mock.lastCall?.[0]).toBe(error);
    else if (error) expect(onError.mock.lastCall?.[0]).toMatchObject(error);
  });

  it('405 to GET, which has no body', async () => {
    const receiver = createReceiver({ secret });
    const sent = { method: 'GET', headers: {}, body: undefined as unknown as string };
    expect(await send(receiver, sent)).toMatchObject({ status: 405, headers: { allow: 'POST' }, body: '' });
  });
});
