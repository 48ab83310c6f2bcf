import { describe, expect, it, vi } from 'vitest';
import { createReceiver, type Delivery, type ReceiverOptions } from '../../../src/receiver/index.js';
import { adapters } from '../../support/receiver-adapters.js';
import { delivery, eventText, otherSecret, type Sent, secret } from '../../support/receiver-delivery.js';

const throws = () => {
  throw new Error('on purpose');
};

interface Fault {
  readonly name: string;
  readonly status: number;
  readonly sent?: (sent: Sent) => Sent;
  readonly body?: string;
  readonly options?: Partial<ReceiverOptions>;
}

const pending = { claim: () => ({ state: 'pending' as const }), commit: throws, release: throws };

/** What can be wrong with a delivery. Each is answered before all that follow. */
const faults: readonly Fault[] = [
  { name: 'a wrong method', status: 405, sent: (sent) => ({ ...sent, method: 'PUT' }) },
  { name: 'a missing signature', status: 400, sent: ({ headers: _, ...sent }) => ({ ...sent, headers: {} }) },
  { name: 'a body over the limit', status: 413, options: { maxBodyBytes: 1 } },
  { name: 'another secret', status: 401, options: { secret: otherSecret } },
  { name: 'a body that is no event', status: 400, body: '[1]' },
  { name: 'a copy that another process is at', status: 503, options: { dedupe: pending, pendingWaitMs: 0 } },
  { name: 'a handler that throws', status: 500 },
];

describe.each(adapters)('$name', ({ send }) => {
  it.each(faults.map((fault, index) => ({ ...fault, faults: faults.slice(index) })))(
    'answers $status to $name, whatever else is wrong after it',
    async ({ status, faults: all }) => {
      const { body = eventText() } = all.find((fault) => fault.body) ?? {};
      const options: ReceiverOptions = Object.assign({ secret }, ...all.map((fault) => fault.options));
      const sent = all.reduce<Sent>((before, fault) => fault.sent?.(before) ?? before, await delivery(body));
      const receiver = createReceiver(options);
      receiver.onError(() => {});
      receiver.onAny(throws);

      expect(await send(receiver, sent)).toMatchObject({ status });
    },
  );

  it('asks the secret function only for a body within the limit', async () => {
    const find = vi.fn(() => secret);
    const receiver = createReceiver({ secret: find, maxBodyBytes: 100 });

    expect(await send(receiver, await delivery('x'.repeat(101)))).toMatchObject({ status: 413 });
    expect(find).not.toHaveBeenCalled();

    expect(await send(receiver, await delivery('x'.repeat(100)))).toMatchObject({ status: 400 });
    expect(find).toHaveBeenCalledOnce();
  });

  it('asks neither secret nor store of a delivery without a signature', async () => {
    const find = vi.fn(() => secret);
    const claim = vi.fn(throws);
    const receiver = createReceiver({ secret: find, dedupe: { claim, commit: throws, release: throws } });

    expect(await send(receiver, { ...(await delivery()), headers: {} })).toMatchObject({ status: 400 });
    expect(find).not.toHaveBeenCalled();
    expect(claim).not.toHaveBeenCalled();
  });

  it('asks the store of no event that is not signed, and of none that is no event', async () => {
    const claim = vi.fn(throws);
    const receiver = createReceiver({ secret, dedupe: { claim, commit: throws, release: throws } });

    expect(await send(receiver, await delivery(eventText(), { secret: otherSecret }))).toMatchObject({ status: 401 });
    expect(await send(receiver, await delivery('[]'))).toMatchObject({ status: 400 });
    expect(claim).not.toHaveBeenCalled();
  });
});

describe('the body', () => {
  const unread: Record<string, { readonly status: number; readonly delivery: Omit<Delivery, 'body'> }> = {
    'of another method': { status: 405, delivery: { method: 'PUT', headers: {} } },
    'without a signature': { status: 400, delivery: { headers: {} } },
    'with a garbled signature': { status: 400, delivery: { headers: { 'x-dixa-signature': 't=1' } } },
  };

  it.each(Object.entries(unread))('%s is not read', async (_, { status, delivery: refused }) => {
    const body = vi.fn(throws);

    expect(await createReceiver({ secret }).receive({ ...refused, body })).toMatchObject({ status });
    expect(body).not.toHaveBeenCalled();
  });

  it('of a Request without a signature is left as it was', async () => {
    const request = new Request('https://example.test', { method: 'POST', body: 'x' });

    expect((await createReceiver({ secret }).fetch(request)).status).toBe(400);
    expect(request.bodyUsed).toBe(false);
  });

  it('is read once, by the function that was given', async () => {
    const { body: text, headers } = await delivery();
    const body = vi.fn(async () => text);

    expect(await createReceiver({ secret }).receive({ headers, body })).toMatchObject({ status: 200 });
    expect(body).toHaveBeenCalledOnce();
  });
});
