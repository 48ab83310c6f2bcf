import { describe, expect, it, vi } from 'vitest';
import { memoryDedupe, type ReceiverOptions } from '../../../src/receiver/index.js';
import { pass, useFakeClock } from '../../support/fake-clock.js';
import { delivery, eventText, otherSecret, secret } from '../../support/receiver-delivery.js';
import { deferred, notingReceiver } from '../../support/receiver-made.js';

const other = '5b0f4d8e-9999-4222-8333-444455556666';

/** A receiver whose handler counts its calls and takes as long as each call is told. */
function counting(options: Partial<ReceiverOptions> = {}) {
  const made = notingReceiver({ dedupe: memoryDedupe(), ...options });
  const handler = vi.fn((): unknown => undefined);
  made.receiver.onAny(handler);
  const outcome = async (fields?: object) => (await made.event({ ...fields })).outcome;
  return { ...made, handler, outcome };
}

describe('copies of an event', () => {
  it('are handled once, and answered 200', async () => {
    const { event, handler } = counting();
    expect(await event()).toMatchObject({ status: 200, outcome: 'handled' });
    expect(await event()).toMatchObject({ status: 200, outcome: 'duplicate', headers: {} });
    expect(handler).toHaveBeenCalledOnce();
  });

  it('are copies by their event_id alone, whatever else is in them', async () => {
    const { outcome, handler } = counting();
    expect([await outcome({ data: 1 }), await outcome({ data: 2 }), await outcome({ event_fqn: 'NEW' })]).toEqual([
      'handled',
      'duplicate',
      'duplicate',
    ]);
    expect(await outcome({ event_id: other })).toBe('handled');
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it('are handled each without dedupe', async () => {
    const { outcome, handler } = counting({ dedupe: undefined });
    expect([await outcome(), await outcome()]).toEqual(['handled', 'handled']);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it.each([undefined, null, 5, {}, ['x'], true])('are none where event_id is no string: %j', async (event_id) => {
    const { outcome, handler } = counting();
    expect([await outcome({ event_id }), await outcome({ event_id })]).toEqual(['handled', 'handled']);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it.each(['no UUID', '__proto__', other, 'x'.repeat(100_000)])(
    'are found by any string as event_id: %j',
    async (event_id) => {
      const { outcome } = counting();
      expect([await outcome({ event_id }), await outcome({ event_id })]).toEqual(['handled', 'duplicate']);
    },
  );

  it.each(['', undefined, null, 5])('are not found without an id: %j', async (event_id) => {
    const { outcome } = counting();
    expect([await outcome({ event_id }), await outcome({ event_id })]).toEqual(['handled', 'handled']);
  });

  it('of an unknown type are found too', async () => {
    const { outcome } = counting();
    const event_fqn = 'SOMETHING_NEW';
    expect([await outcome({ event_fqn }), await outcome({ event_fqn })]).toEqual(['unknown', 'duplicate']);
  });

  it('that come at once run the handler once, and the second waits and is answered like the first', async () => {
    const { event, handler, notes } = counting();
    const done = deferred();
    handler.mockReturnValue(done.promise);
    const answers = [event(), event(), event()].map((answer) => answer.finally(() => notes.push('answered')));
    await vi.waitFor(() => expect(handler).toHaveBeenCalled(), { interval: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(notes).toEqual([]);

    done.resolve();

    const outcomes = (await Promise.all(answers)).map(({ status, outcome }) => `${status} ${outcome}`);
    expect(outcomes.sort()).toEqual(['200 duplicate', '200 duplicate', '200 handled']);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('that come at once are answered 500 both, where the handler throws', async () => {
    const { event, handler } = counting();
    const done = deferred();
    handler.mockReturnValue(done.promise);
    const answers = [event(), event()];
    await vi.waitFor(() => expect(handler).toHaveBeenCalled(), { interval: 1 });
    const error = new Error('failed');
    done.reject(error);

    expect(await Promise.all(answers)).toMatchObject([
      { status: 500, error },
      { status: 500, error },
    ]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('of an event whose handler threw are handled', async () => {
    const { outcome, handler } = counting();
    handler.mockRejectedValueOnce(new Error('failed'));
    expect([await outcome(), await outcome(), await outcome()]).toEqual(['failed', 'handled', 'duplicate']);
    expect(handler).toHaveBeenCalledTimes(2);
  });
});

describe('what makes two deliveries copies', () => {
  const signedWith = async (key: string, headers = {}) => delivery(eventText(), { secret: key, headers });
  const secrets = [otherSecret, secret];
  const store = memoryDedupe;
  const cases: readonly {
    readonly name: string;
    readonly dedupe: ReceiverOptions['dedupe'];
    readonly second: string;
  }[] = [
    { name: 'by default, the event under the same secret', dedupe: store(), second: 'handled' },
    {
      name: "with by: 'secret', the event under the same secret",
      dedupe: { store: store(), by: 'secret' },
      second: 'handled',
    },
    { name: "with by: 'event', the event alone", dedupe: { store: store(), by: 'event' }, second: 'duplicate' },
  ];

  it.each(cases)('is $name', async ({ dedupe, second }) => {
    const { receiver } = counting({ dedupe, secret: secrets });
    const outcomes = [];
    for (const key of [secret, otherSecret, secret, otherSecret]) {
      outcomes.push((await receiver.receive(await signedWith(key))).outcome);
    }
    expect(outcomes).toEqual(['handled', second, 'duplicate', 'duplicate']);
  });

  it('is the secret that matched, wherever it stands in the list and whatever its case', async () => {
    const lists = [[secret], [otherSecret, secret.toUpperCase()], [secret, otherSecret]];
    const { receiver, handler } = counting({ secret: () => lists.shift() });
    for (let index = 0; index < 3; index += 1) await receiver.receive(await signedWith(secret));
    expect(handler).toHaveBeenCalledOnce();
  });

  it('is not the id of the subscription, which is not signed', async () => {
    const { receiver, handler } = counting();
    const ids = [other, 'rubbish', '', '3f0d6f3e-8a52-4a8e-9a65-1e1f0c1d2b3b'];
    for (const id of ids) await receiver.receive(await signedWith(secret, { 'x-dixa-subscription-id': id }));
    expect(handler).toHaveBeenCalledOnce();
  });

  it('is told to the store without the secret', async () => {
    const claim = vi.fn((_key: string) => ({ state: 'done' as const }));
    const { event } = counting({ dedupe: { claim, commit() {}, release() {} } });
    await event({ event_id: other });
    const [[key = ''] = []] = claim.mock.calls;
    expect(key).toMatch(new RegExp(`^[0-9a-f]{16}:${other}$`));
    expect(secret).not.toContain(key.slice(0, 16));
  });
});

describe('times', () => {
  it.each([
    { dedupe: (store: ReturnType<typeof memoryDedupe>) => store, keepMs: 86_400_000 },
    { dedupe: (store: ReturnType<typeof memoryDedupe>) => ({ store, keepMs: 400_000 }), keepMs: 400_000 },
  ])('an event is remembered for $keepMs ms', async ({ dedupe, keepMs }) => {
    useFakeClock();
    const { outcome } = counting({ dedupe: dedupe(memoryDedupe()) });
    expect(await outcome()).toBe('handled');
    await pass(keepMs - 1);
    expect(await outcome()).toBe('duplicate');
    await pass(1);
    expect(await outcome()).toBe('handled');
  });

  it.each([
    [undefined, 60_000],
    [5_000, 5_000],
  ])('leaseMs %s is a lease of %i ms', async (leaseMs, expected) => {
    const claim = vi.fn(() => ({ state: 'done' as const }));
    const { event } = counting({ dedupe: { store: { claim, commit() {}, release() {} }, leaseMs } });
    await event();
    expect(claim).toHaveBeenCalledWith(expect.any(String), { leaseMs: expected });
  });
});
