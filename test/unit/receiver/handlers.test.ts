import { describe, expect, it, vi } from 'vitest';
import { createReceiver, DixaConfigurationError, type WebhookEventType } from '../../../src/receiver/index.js';
import { eventText, otherSecret, secret, subscriptionId, thrown } from '../../support/receiver-delivery.js';
import { deferred, notingReceiver } from '../../support/receiver-made.js';

const created = { event_fqn: 'CONVERSATION_CREATED' };
const closed = { event_fqn: 'CONVERSATION_CLOSED' };
const newer = { event_fqn: 'SOMETHING_NEW' };

describe('handlers', () => {
  it('are called in order of registration, however they were registered', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.onAny(note('any 1'));
    receiver.on('ConversationCreated', note('created 1'));
    receiver.onUnknown(note('unknown 1'));
    receiver.on(['ConversationClosed', 'ConversationCreated'], note('both'));
    receiver.onAny(note('any 2'));
    receiver.on('ConversationCreated', note('created 2'));
    receiver.onUnknown(note('unknown 2'));

    await event(created);
    expect(notes.splice(0)).toEqual(['any 1', 'created 1', 'both', 'any 2', 'created 2']);
    await event(closed);
    expect(notes.splice(0)).toEqual(['any 1', 'both', 'any 2']);
    await event(newer);
    expect(notes).toEqual(['any 1', 'unknown 1', 'any 2', 'unknown 2']);
  });

  it('are called once, where they were registered for a type twice', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.on(['ConversationCreated', 'ConversationCreated'], note('once'));
    await event(created);
    expect(notes).toEqual(['once']);
  });

  it('that are asynchronous are awaited one after another', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    const first = deferred();
    const second = deferred();
    receiver.onAny(() => first.promise.then(note('first done')));
    receiver.onAny(() => {
      notes.push('second called');
      return second.promise;
    });
    const result = event(created).then(note('answered'));

    first.resolve();
    await vi.waitFor(() => expect(notes).toEqual(['first done', 'second called']), { interval: 1 });
    second.resolve();
    await result;
    expect(notes).toEqual(['first done', 'second called', 'answered']);
  });

  it('that give what is like a Promise are awaited too', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    const later = (name: string) => ({
      // biome-ignore lint/suspicious/noThenProperty: this is what is tested.
      then(done: () => void) {
        setImmediate(() => {
          notes.push(name);
          done();
        });
      },
    });
    receiver.onAny(() => later('first'));
    receiver.onAny(note('second'));
    receiver.onAny(() => later('third'));
    await event(created).then(note('answered'));
    expect(notes).toEqual(['first', 'second', 'third', 'answered']);
  });

  it.each([
    ['throws', () => {}, () => notThere()],
    ['rejects', () => {}, async () => notThere()],
    ['throws, after one that was waited for,', async () => {}, () => notThere()],
  ])('after one that %s are not called', async (_, first, fails) => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.onAny(first);
    receiver.onAny(note('before'));
    receiver.on('ConversationCreated', fails);
    receiver.onAny(note('after'));

    expect(await event(created)).toMatchObject({ status: 500, outcome: 'failed', error: { message: 'not there' } });
    expect(notes).toEqual(['before', 'error: not there']);
  });

  it('that are added or taken back by a handler change what the next event meets', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    const takeBack = receiver.onAny(() => {
      takeBack();
      takeBackLast();
      receiver.onAny(note('added'));
    });
    const takeBackLast = receiver.onAny(note('last'));
    await event(created);
    expect(notes.splice(0)).toEqual(['last']);
    await event(created);
    expect(notes).toEqual(['added']);
  });

  it('are not needed: an event without one is answered 200', async () => {
    const { event } = notingReceiver();
    expect(await event(created)).toMatchObject({ status: 200, outcome: 'handled', headers: {} });
  });

  it('are given the event and what is known of its delivery', async () => {
    const { receiver, event } = notingReceiver({ secret: [otherSecret, secret] });
    const handler = vi.fn();
    receiver.on('ConversationCreated', handler);
    const receivedAt = Date.now() + 1_000;

    const result = await event(created, { receivedAt });

    expect(handler.mock.calls).toEqual([
      [
        result.event,
        {
          subscriptionId,
          timestamp: expect.any(Date),
          secretIndex: 1,
          receivedAt,
          rawBody: new TextEncoder().encode(eventText(created)),
        },
      ],
    ]);
  });
});

function notThere(): never {
  throw new Error('not there');
}

describe('what unsubscribes', () => {
  it('takes back the one handler, and does no harm when called again', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    const same = note('same');
    const off = receiver.on(['ConversationCreated', 'ConversationClosed'], same);
    receiver.on('ConversationCreated', same);
    const offAny = receiver.onAny(note('any'));
    const offUnknown = receiver.onUnknown(note('unknown'));

    for (const unsubscribe of [off, off, offAny, offUnknown]) expect(unsubscribe()).toBeUndefined();
    for (const fields of [created, closed, newer]) await event(fields);
    expect(notes).toEqual(['same']);
  });

  it('takes back an error handler', async () => {
    const { receiver, event, onError } = notingReceiver();
    const other = vi.fn();
    receiver.onError(other)();
    receiver.onAny(notThere);
    await event(created);
    expect(onError).toHaveBeenCalledOnce();
    expect(other).not.toHaveBeenCalled();
  });

  it('works from the next event on, when called while one is handled', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.onAny(() => off());
    const off = receiver.onAny(note('second'));
    const once = receiver.onAny(() => {
      notes.push('once');
      once();
    });

    await event(created);
    await event(created);
    expect(notes).toEqual(['second', 'once']);
  });

  it('leaves the event that is handled alone, and so does a new registration', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    receiver.onAny(() => receiver.onAny(note('late')));
    await event(created);
    expect(notes).toEqual([]);
    await event(created);
    expect(notes).toEqual(['late']);
  });
});

describe('on()', () => {
  const wrong = [
    'Unknown',
    '*',
    '',
    'conversationcreated',
    'CONVERSATION_CREATED',
    'ConversationMade',
    '__proto__',
    'constructor',
    'toString',
  ];

  it.each([...wrong, ['ConversationCreated', 'ConversationMade']])(
    'refuses a type that this version does not know: %j',
    (type) => {
      const receiver = createReceiver({ secret });
      const error = thrown(() => receiver.on(type as WebhookEventType, () => {}));
      expect(error).toBeInstanceOf(DixaConfigurationError);
      expect(error.message).toMatch(/onUnknown\(\)|did you mean/);
    },
  );

  it.each([
    ['CONVERSATION_RATED', 'ConversationRated'],
    ['conversationrated', 'ConversationRated'],
    ['ConversationRatd', 'ConversationRated'],
    ['ConversationsRated', 'ConversationRated'],
    ['SLABreached', undefined],
    ['order.created', undefined],
  ])('names the near type: %s', (type, near) => {
    const { message } = thrown(() => createReceiver({ secret }).on(type as WebhookEventType, () => {}));
    expect(message).toContain(near ? `did you mean ${near}?` : 'onUnknown()');
  });

  it.each([undefined, null, 5, [], {}])('refuses %j as a type', (type) => {
    const error = thrown(() => createReceiver({ secret }).on(type as unknown as WebhookEventType, () => {}));
    expect(error).toBeInstanceOf(DixaConfigurationError);
  });

  it('that refuses a list registers nothing of it', async () => {
    const { receiver, notes, note, event } = notingReceiver();
    thrown(() => receiver.on(['ConversationCreated', 'ConversationMade' as WebhookEventType], note('never')));
    await event(created);
    expect(notes).toEqual([]);
  });
});
