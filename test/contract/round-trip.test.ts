import { describe, expect, test } from 'vitest';
import type { UnknownEventType, WebhookSubscription } from '../../src/client/index.js';
import { contractClient } from '../support/contract-client.js';
import { replyExamples } from '../support/contract-document.js';
import { pathValues } from './calls.js';

const examples = replyExamples('getWebhookSubscription', 200).map(({ name, value }) => [name, value] as const);

describe('what was read can be sent back', () => {
  test.each(examples)('from get: the example %s', async (name, value) => {
    const { dixa, exchanges } = contractClient();
    const read = await dixa.get(pathValues.webhookSubscriptionId, { headers: { Prefer: `example=${name}` } });
    await dixa.update(read.id, { events: read.subscribedEvents, filters: read.filters });

    const { data } = value as { data: WebhookSubscription };
    const sent = { events: data.subscribedEvents, filters: data.filters };
    expect(exchanges.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 200],
      ['PATCH', 200],
    ]);
    expect(exchanges[1]?.body).toStrictEqual(JSON.parse(JSON.stringify(sent)));
  });

  test('from list: each subscription, as a new one', async () => {
    const { dixa, exchanges } = contractClient();
    const read = await dixa.list();
    for (const { name, url, subscribedEvents, enabled, filters } of read) {
      await dixa.create({ name, url, events: subscribedEvents ?? [], enabled, filters });
    }
    expect(exchanges.map(({ status }) => status)).toEqual([200, ...read.map(() => 201)]);
    expect(read.length).toBeGreaterThan(1);
  });

  test('from deliveryStatuses: each event, as the name of a log', async () => {
    const { dixa, exchanges } = contractClient();
    const { webhookSubscriptionId: id } = pathValues;
    const statuses = await dixa.deliveryStatuses(id);
    for (const { event } of statuses) await dixa.deliveryLogs(id, event);
    expect(statuses.length).toBeGreaterThan(1);
    expect(exchanges.slice(1).map(({ url }) => url.slice(url.lastIndexOf('/') + 1))).toEqual(
      statuses.map(({ event }) => event),
    );
  });
});

test('an unknown event type can be requested by name', async () => {
  const { dixa, exchanges } = contractClient();
  await dixa.deliveryLogs(pathValues.webhookSubscriptionId, 'NotInventedYet2' as UnknownEventType);
  expect(exchanges).toMatchObject([{ status: 200, url: expect.stringMatching(/\/logs\/NotInventedYet2$/) }]);
});
