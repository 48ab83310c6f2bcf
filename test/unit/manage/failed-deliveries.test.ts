import { DixaInputError, DixaNotFoundError, type EventDeliveryLog, webhookEventTypes } from 'dixa-webhooks';
import { failedDeliveries } from 'dixa-webhooks/manage';
import { describe, expect, it } from 'vitest';
import { type Answer, failure, fakeDixa, subscriptionId as id, json, subscription } from '../../support/fake-dixa.js';
import { rejection } from '../../support/receiver-delivery.js';

const minute = (number: number) => `2026-07-01T10:${String(number).padStart(2, '0')}:00.000Z`;

/** An entry of a log: the minute, whether it succeeded, and the `event_id` or the whole payload. */
function entry(at: number | string, success: boolean, event: string | object = 'a'): EventDeliveryLog {
  const deliveryTimestamp = typeof at === 'number' ? minute(at) : at;
  const payload = typeof event === 'string' ? JSON.stringify({ event_id: event }) : (event as { text: string }).text;
  return {
    deliveryDetail: { deliveryTimestamp, success, responseCode: success ? 200 : 500, responseText: '' },
    payload,
  };
}

/** A client of a subscription with these logs, in the order in which Dixa gives them. */
function dixaWith(logs: Record<string, readonly EventDeliveryLog[]>, properties: object = {}) {
  const answer: Answer = ({ url }) => {
    const [, type] = /logs\/(\w+)/.exec(url) ?? [];
    const data = type ? (logs[type] ?? []) : { ...subscription, subscribedEvents: Object.keys(logs), ...properties };
    return json({ data });
  };
  const { dixa, sent } = fakeDixa(Array(100).fill(answer), { rateLimit: false });
  return { dixa, read: () => sent.map(({ url }) => url.split(id)[1]) };
}

/** The minute and the `event_id` of each delivery that is found. */
async function found(log: readonly EventDeliveryLog[], all?: boolean) {
  const { deliveries } = await failedDeliveries(dixaWith({ ConversationRated: log }).dixa, id, { all });
  return deliveries.map(
    ({ deliveryDetail, eventId }) => `${deliveryDetail.deliveryTimestamp.slice(14, 16)} ${eventId}`,
  );
}

describe('the deliveries that failed', () => {
  it('are those of all logs, oldest first, with what Dixa says of each', async () => {
    const { dixa, read } = dixaWith({
      ConversationRated: [entry(9, false, 'd'), entry(3, false, 'b')],
      ConversationClosed: [entry(5, false, 'c'), entry(2, false, 'a')],
    });
    const { deliveries, unreadable, logs } = await failedDeliveries(dixa, id);
    expect(deliveries.map(({ eventId, type }) => [eventId, type])).toEqual([
      ['a', 'ConversationClosed'],
      ['b', 'ConversationRated'],
      ['c', 'ConversationClosed'],
      ['d', 'ConversationRated'],
    ]);
    expect(deliveries[0]).toEqual({
      ...entry(2, false, 'a'),
      subscriptionId: id,
      type: 'ConversationClosed',
      eventId: 'a',
    });
    expect(unreadable).toEqual([]);
    expect(logs).toEqual([
      { type: 'ConversationRated', deliveries: 2, oldest: minute(3) },
      { type: 'ConversationClosed', deliveries: 2, oldest: minute(2) },
    ]);
    expect(read()).toEqual(['', '/delivery-status/logs/ConversationRated', '/delivery-status/logs/ConversationClosed']);
  });

  it('are each event once, by the oldest of its deliveries', async () => {
    expect(await found([entry(4, false), entry(3, false), entry(2, false, 'b'), entry(1, false)])).toEqual([
      '01 a',
      '02 b',
    ]);
  });

  it('are without events that arrived, later or before', async () => {
    expect(await found([entry(2, true), entry(1, false)])).toEqual([]);
    expect(await found([entry(2, false), entry(1, true)])).toEqual([]);
    expect(await found([entry(3, false, 'b'), entry(2, true), entry(1, false)])).toEqual(['03 b']);
  });

  it('are without events that arrived by another log', async () => {
    const { dixa } = dixaWith({ ConversationRated: [entry(1, false)], ConversationClosed: [entry(2, true)] });
    expect(await failedDeliveries(dixa, id)).toMatchObject({ deliveries: [] });
  });

  it('are all events with `all`, each once', async () => {
    expect(await found([entry(3, true, 'b'), entry(2, true), entry(1, false)], true)).toEqual(['01 a', '03 b']);
  });

  it('are in the order of their times, whatever the order of the log', async () => {
    expect(await found([entry(1, false, 'a'), entry(2, false, 'b')])).toEqual(['01 a', '02 b']);
    // With equal times, or times that cannot be read, the log begins with the newest.
    expect(await found([entry(1, false, 'b'), entry(1, false, 'a')])).toEqual(['01 a', '01 b']);
    const entries = [entry('it was noon', false, 'b'), entry('then', false, 'a')];
    expect(await found(entries)).toEqual([expect.stringMatching(/a$/), expect.stringMatching(/b$/)]);
  });

  it('are all kept if they have no event_id, because nothing tells them apart', async () => {
    const without = { text: '{"event_id":""}' };
    const log = [entry(3, true, without), entry(2, false, without), entry(1, false, without)];
    expect(await found(log)).toEqual(['01 undefined', '02 undefined']);
    expect(await found([entry(1, false, { text: '{"event_id":5}' })])).toEqual(['01 undefined']);
  });

  it.each(['', 'text', '[]', 'null', '"text"', '{"cut', null, 5, { parsed: true }])(
    'are reported apart if their payload is not a JSON object: %j',
    async (text) => {
      const log = [entry(3, true, { text }), entry(2, false, 'b'), entry(1, false, { text })];
      const { deliveries, unreadable } = await failedDeliveries(dixaWith({ ConversationRated: log }).dixa, id);
      expect(deliveries.map(({ eventId }) => eventId)).toEqual(['b']);
      expect(unreadable).toEqual([{ ...log[2], subscriptionId: id, type: 'ConversationRated' }]);
    },
  );

  it('may be none', async () => {
    expect(await failedDeliveries(dixaWith({ ConversationRated: [] }).dixa, id)).toEqual({
      deliveries: [],
      unreadable: [],
      logs: [{ type: 'ConversationRated', deliveries: 0, oldest: undefined }],
    });
  });
});

describe('the logs that are read', () => {
  it('are those named, each once, without reading the subscription', async () => {
    const { dixa, read } = dixaWith({});
    await failedDeliveries(dixa, id, { events: ['ConversationRated', 'ConversationRated'] });
    expect(read()).toEqual(['/delivery-status/logs/ConversationRated']);
  });

  it.each([undefined, null, []])(
    'are those of all known event types if Dixa names none: %j',
    async (subscribedEvents) => {
      const { dixa } = dixaWith({}, { subscribedEvents });
      const { logs } = await failedDeliveries(dixa, id);
      expect(logs.map(({ type }) => type)).toEqual(webhookEventTypes);
    },
  );

  it('may be missing: the error of the client is passed on', async () => {
    const { dixa } = fakeDixa([() => json({ data: subscription }), failure(404)]);
    expect(await rejection(failedDeliveries(dixa, id))).toBeInstanceOf(DixaNotFoundError);
  });
});

describe('arguments of failedDeliveries', () => {
  const { dixa, sent } = fakeDixa();
  it.each([
    ['dixa must come from createDixaWebhooks().', [undefined, id]],
    ['webhookSubscriptionId must be a UUID.', [dixa, 's3cret']],
    ['options must be an object.', [dixa, id, ['ConversationRated']]],
    ['event cannot be set: use events.', [dixa, id, { event: [] }]],
    ['events must be an array of event types.', [dixa, id, { events: 'ConversationRated' }]],
    ['events must not be empty.', [dixa, id, { events: [] }]],
    ['all must be true or false.', [dixa, id, { all: 1 }]],
  ])('%s', async (message, given) => {
    const error = await rejection((failedDeliveries as (...given: unknown[]) => Promise<unknown>)(...given));
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error.message).toBe(message);
    expect(sent).toEqual([]);
  });
});
