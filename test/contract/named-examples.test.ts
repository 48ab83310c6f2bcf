import { describe, expect, test } from 'vitest';
import { operations } from '../../generated/operations.js';
import { contractClient } from '../support/contract-client.js';
import { replyExamples, requestExamples, typesIn, unionMembers } from '../support/contract-document.js';
import { calls, pathValues } from './calls.js';
import { declaredPairs, expectationOf, operationIds } from './pairs.js';

const replies = declaredPairs.flatMap((pair) =>
  replyExamples(pair.id, pair.status).map(({ name, value }) => [pair.id, pair.status, name, value] as const),
);
const requests = operationIds.flatMap((id) => requestExamples(id).map(({ name, value }) => [id, name, value] as const));

test('the examples show every member of every union', () => {
  const shown = new Set([...replies, ...requests].flatMap((row) => typesIn(row.at(-1))));
  expect(unionMembers().filter((member) => !shown.has(member))).toEqual([]);
  expect(unionMembers()).toEqual(expect.arrayContaining(['BasicAuth', 'IsNotOneOf', 'NoRecentDelivery']));
});

describe.each(replies)('%s answered with %i and the example %s', (id, status, name, value) => {
  const options = { headers: { Prefer: `code=${status}, example=${name}` } };

  test('returns that example from the method', async () => {
    // Before the call: a status that nobody has dealt with yet throws here.
    const expectation = expectationOf({ id, status });
    const { dixa } = contractClient();
    const call = calls[id].method(dixa, options);
    if (expectation === 'data') {
      expect(await call).toStrictEqual((value as { data: unknown }).data);
    } else {
      await expect(call).rejects.toMatchObject({ status, body: value });
    }
  });

  test('returns that example from raw', async () => {
    const { dixa } = contractClient();
    const { data, error } = await calls[id].raw(dixa, options);
    expect(data ?? error).toStrictEqual(value);
  });
});

describe.each(requests)('%s sent the example %s', (id, _name, value) => {
  const { webhookSubscriptionId } = pathValues;

  test('is accepted unchanged', async () => {
    const { dixa, exchanges } = contractClient();
    // The contract's examples are typed by nobody; Prism is the judge of them.
    const body = value as never;
    await (id === 'createWebhookSubscription' ? dixa.create(body) : dixa.update(webhookSubscriptionId, body));
    expect(exchanges).toMatchObject([{ method: operations[id].method }]);
    expect(exchanges[0]?.body).toStrictEqual(value);
  });
});
