import { describe, expect, it } from 'vitest';
import { DixaSignatureError } from '../../../src/receiver/index.js';
import { delivery, eventText, otherSecret, subscriptionId } from '../../support/receiver-delivery.js';
import { deferred, notingReceiver, printed } from '../../support/receiver-made.js';

describe('onError', () => {
  it('gets the error itself, before the answer is given, and what is known of the delivery', async () => {
    const { receiver, notes, note, event, onError } = notingReceiver();
    const error = { not: 'even an Error' };
    const told = deferred();
    receiver.onAny(() => {
      throw error;
    });
    receiver.onError(() => told.promise.then(note('told')));

    const answer = event().then((result) => {
      notes.push('answered');
      return result;
    });
    told.resolve();
    const result = await answer;

    expect(notes).toEqual(['error: undefined', 'told', 'answered']);
    expect(result.error).toBe(error);
    expect(onError.mock.calls).toEqual([
      [
        error,
        {
          subscriptionId,
          timestamp: expect.any(Date),
          secretIndex: 0,
          receivedAt: expect.any(Number),
          rawBody: expect.any(Uint8Array),
          event: result.event,
        },
      ],
    ]);
  });

  it('is told only the header and the time of a delivery that is not verified', async () => {
    const { receiver, onError } = notingReceiver();
    await receiver.receive({ ...(await delivery(eventText(), { secret: otherSecret })), receivedAt: Date.now() });
    expect(onError.mock.calls).toEqual([
      [expect.any(DixaSignatureError), { subscriptionId, receivedAt: expect.any(Number) }],
    ]);
  });

  it('may be there several times, and they are called in turn', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.onError(note('second'));
    receiver.onAny(() => Promise.reject(new Error('x')));
    await event();
    expect(notes).toEqual(['error: x', 'second']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('with a payload');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('with a payload'))],
  ])('that %s changes no answer, and is told in a line without its message', async (_, fails) => {
    const print = printed();
    const { receiver, event } = notingReceiver();
    receiver.onError(fails);
    receiver.onAny(() => Promise.reject(new Error('x')));

    expect(await event()).toMatchObject({ status: 500, error: { message: 'x' } });
    expect(await receiver.receive({ body: '', headers: {} })).toMatchObject({ status: 400, outcome: 'refused' });
    expect(print.mock.calls).toEqual(Array(2).fill([expect.stringMatching(/^dixa-webhooks: .*TypeError[^\n]*$/)]));
    expect(String(print.mock.calls)).not.toContain('payload');
    print.mockRestore();
  });
});
