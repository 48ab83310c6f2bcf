import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noAuth, webhookEventTypes } from '../../src/client/index.js';
import { contractClient, type RecordedClient } from '../support/contract-client.js';
import { typesIn } from '../support/contract-document.js';
import { createBodies, optionalFields, updateBodies } from './arbitraries.js';
import { pathValues } from './calls.js';

/** 60 creates and 60 updates; fast-check prints the seed and the shrunken body of a failure. */
const runs = { seed: 20261123, numRuns: 60 };

/** What a body is once it has been through JSON. */
const asJson = (body: object): unknown => JSON.parse(JSON.stringify(body));

function lastOf({ exchanges }: RecordedClient) {
  const last = exchanges.at(-1);
  if (!last) throw new Error('nothing was sent');
  return last;
}

test('everything that the type of create allows is accepted and arrives unchanged', async () => {
  const client = contractClient();
  await fc.assert(
    fc.asyncProperty(createBodies, async (body) => {
      await client.dixa.create(body);
      const { status, violations, body: sent } = lastOf(client);
      expect({ status, violations }).toEqual({ status: 201, violations: [] });
      const { authorization = noAuth(), customHeaders = {} } = body;
      expect(sent).toStrictEqual(asJson({ ...body, authorization, customHeaders }));
    }),
    runs,
  );
  expect(client.exchanges).toHaveLength(runs.numRuns);
});

test('everything that the type of update allows is accepted and arrives unchanged', async () => {
  const client = contractClient();
  await fc.assert(
    fc.asyncProperty(updateBodies, async (body) => {
      await client.dixa.update(pathValues.webhookSubscriptionId, body);
      const { status, violations, body: sent } = lastOf(client);
      expect({ status, violations }).toEqual({ status: 200, violations: [] });
      expect(sent).toStrictEqual(asJson(body));
    }),
    runs,
  );
  expect(client.exchanges).toHaveLength(runs.numRuns);
});

describe.each([
  ['create', fc.sample(createBodies, runs).map(asJson)],
  ['update', fc.sample(updateBodies, runs).map(asJson)],
] as const)('the generated bodies of %s', (name, bodies) => {
  const all = bodies as Record<string, unknown>[];

  test('have and lack each optional property', () => {
    for (const field of optionalFields[name]) {
      expect(new Set(all.map((body) => field in body)), field).toEqual(new Set([true, false]));
    }
  });

  test('hold every event type and every member of every union', () => {
    const events = new Set(all.flatMap((body) => body.events ?? []));
    expect([...events].sort()).toEqual([...webhookEventTypes].sort());
    const members = ['BasicAuth', 'CombinedFilters', 'IsNotOneOf', 'IsOneOf', 'NoAuth', 'TokenAuth'];
    expect([...new Set(all.flatMap(typesIn))].sort()).toEqual(members);
  });
});
