import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, memoryDedupe, type ReceiveResult } from '../../../src/receiver/index.js';
import { pass, useFakeClock } from '../../support/fake-clock.js';
import { delivery, eventDelivery, otherSecret, secret, subscriptionId } from '../../support/receiver-delivery.js';
import { printed } from '../../support/receiver-made.js';

/** A receiver and the results that it reports. */
function reporting(options: Parameters<typeof createReceiver>[0] = {}) {
  const receiver = createReceiver({ secret, ...options });
  receiver.onError(() => {});
  const results: ReceiveResult[] = [];
  const contexts: unknown[] = [];
  receiver.onResult((result, context) => {
    results.push(result);
    contexts.push(context);
  });
  return { receiver, results, contexts };
}

describe('onResult', () => {
  it('gets every outcome once, with its status, its error and the time it took', async () => {
    const { receiver, results } = reporting({ dedupe: memoryDedupe() });
    receiver.on('ConversationClosed', () => {
      throw new Error('boom');
    });
    await receiver.receive(await eventDelivery());
    await receiver.receive(await eventDelivery());
    await receiver.receive(await eventDelivery({ event_id: 'a', event_fqn: 'SOMETHING_NEW' }));
    await receiver.receive(await eventDelivery({ event_id: 'b', event_fqn: 'CONVERSATION_CLOSED' }));
    await receiver.receive(await delivery('{}', { secret: otherSecret }));
    await receiver.receive({ method: 'GET', headers: {}, body: '' });
    expect(results.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['handled', 200],
      ['duplicate', 200],
      ['unknown', 200],
      ['failed', 500],
      ['refused', 401],
      ['refused', 405],
    ]);
    for (const { durationMs } of results) expect(durationMs).toBeGreaterThanOrEqual(0);
  });

  it('is called before the promise resolves, with the same result and the context of the delivery', async () => {
    const { receiver, results, contexts } = reporting();
    const result = await receiver.receive(await eventDelivery());
    expect(results).toEqual([result]);
    expect(contexts).toEqual([
      expect.objectContaining({
        subscriptionId,
        secretIndex: 0,
        event: expect.objectContaining({ type: 'ConversationCreated' }),
      }),
    ]);
  });

  it('counts the time of the handlers', async () => {
    const sent = await eventDelivery();
    useFakeClock();
    const { receiver, results } = reporting({ toleranceMs: Infinity });
    receiver.onAny(() => new Promise((resolve) => setTimeout(resolve, 250)));
    const receiving = receiver.receive(sent);
    await pass(250);
    expect(await receiving).toMatchObject({ durationMs: 250 });
    expect(results[0]?.durationMs).toBe(250);
  });

  it("gets what became of the handlers if the response was sent before: acknowledge: 'received'", async () => {
    const { receiver, results } = reporting({ acknowledge: 'received' });
    receiver.onAny(() => Promise.reject(new Error('boom')));
    expect(await receiver.receive(await eventDelivery())).toMatchObject({ status: 200, outcome: 'handled' });
    expect(results).toEqual([]);
    await receiver.idle();
    expect(results).toMatchObject([{ outcome: 'failed', status: 500 }]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
  ])('that %s changes nothing, and goes to the console', async (_, fails) => {
    const print = printed();
    onTestFinished(() => print.mockRestore());
    const { receiver, results } = reporting();
    receiver.onResult(fails);
    expect(await receiver.receive(await eventDelivery())).toMatchObject({ status: 200 });
    await new Promise(setImmediate);
    expect(results).toHaveLength(1);
    expect(print.mock.calls).toEqual([['dixa-webhooks: onResult failed: Error']]);
  });

  it('is called no more once it is unsubscribed', async () => {
    const receiver = createReceiver({ secret });
    const handler = vi.fn();
    receiver.onResult(handler)();
    await receiver.receive(await eventDelivery());
    expect(handler).not.toHaveBeenCalled();
  });
});
