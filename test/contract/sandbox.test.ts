import { allOf, basicAuth, isOneOf } from 'dixa-webhooks';
import { startSandbox } from 'dixa-webhooks/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type OperationId, operations, statuses } from '../../generated/operations.js';
import { root } from '../../scripts/lib/package.js';
import { carelessClient, violationsOf } from '../support/contract-client.js';
import { startPrism } from '../support/prism.js';
import { pathOf, pathValues } from './calls.js';
import { declaredPairs, operationIds, type Pair } from './pairs.js';

const { webhookSubscriptionId: id } = pathValues;
const subscription = { name: 'Archive', url: 'https://hooks.example.com', events: ['ConversationCreated'] } as const;
const sandbox = await startSandbox({ subscriptions: [{ ...subscription, id }], deliver: () => new Response() });
const prism = await startPrism(`${root}/openapi/dixa-webhooks.yaml`, { upstream: sandbox.url });
afterAll(async () => {
  await prism.close();
  await sandbox.close();
});

/** Sends a request through Prism, which judges it and its response. */
async function send(
  operationId: OperationId,
  {
    apiKey = sandbox.apiKey,
    subscriptionId = id,
    body = {},
  }: Partial<{ apiKey: string; subscriptionId: string; body: object }>,
) {
  const { method } = operations[operationId];
  const response = await fetch(prism.url + pathOf(operationId).replace(id, subscriptionId), {
    method,
    headers: { authorization: apiKey, 'content-type': 'application/json' },
    ...(['POST', 'PATCH'].includes(method) && { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    violations: violationsOf(response).filter(({ location: [of] }) => of === 'response'),
  };
}

/** The requests that the sandbox refuses, by their status. */
const refused: Readonly<Record<number, Parameters<typeof send>[1]>> = {
  400: { subscriptionId: 'no-uuid', body: { enabled: 'perhaps' } },
  401: { apiKey: 'another' },
  404: { subscriptionId: '00000000-0000-4000-8000-000000000000' },
};

/** A list cannot have an invalid value, and the sandbox has no rate limit and no failures. */
const isRefusal = ({ id: operationId, status }: Pair) =>
  status in refused && !(operationId === 'listWebhookSubscriptions' && status === 400);

describe('the sandbox behind Prism, which judges it by the contract', () => {
  it('is valid for every success', async () => {
    const { dixa, exchanges } = carelessClient({ apiKey: sandbox.apiKey, baseUrl: prism.url });

    await dixa.list();
    const created = await dixa.create({
      ...subscription,
      authorization: basicAuth('dixa', 'a password'),
      customHeaders: { 'X-Shop': '7' },
      filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) },
    });
    await dixa.deliveryStatuses(created.id);
    await sandbox.trigger('ConversationCreated', {}, { copies: 2 });
    await dixa.get(created.id);
    await dixa.update(created.id, { enabled: false, filters: {} });
    await dixa.deliveryStatuses(created.id);
    expect(await dixa.deliveryLogs(created.id, 'ConversationCreated')).toHaveLength(2);
    await dixa.delete(created.id);

    expect(exchanges.filter(({ violations }) => violations.length > 0)).toEqual([]);
    const seen = exchanges.map(({ method, status }) => `${method} ${status}`);
    const expected = operationIds.map((each) => `${operations[each].method} ${statuses[each][0]}`);
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(exchanges).toHaveLength(8);
  });

  it.each(declaredPairs.filter(isRefusal).map((pair) => [pair.id, pair.status] as const))(
    'keeps to it when it refuses %s with %i',
    async (operationId, status) => {
      expect(await send(operationId, refused[status] ?? {})).toEqual({ status, violations: [] });
    },
  );

  it('is really validated: 413, which is not in the contract, is a violation', async () => {
    const { status, violations } = await send('createWebhookSubscription', { body: { name: 'x'.repeat(1_100_000) } });

    expect(status).toBe(413);
    expect(violations).toHaveLength(1);
  });
});
