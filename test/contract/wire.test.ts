import { describe, expect, inject, test } from 'vitest';
import { operations, statuses } from '../../generated/operations.js';
import { createDixaWebhooks, version } from '../../src/client/index.js';
import { contractClient } from '../support/contract-client.js';
import { requestExamples } from '../support/contract-document.js';
import { startRecordingProxy } from '../support/recording-proxy.js';
import { calls, pathOf, pathValues } from './calls.js';
import { operationIds } from './pairs.js';

const apiKey = 'eyJ.raw-token~!';

describe.each(operationIds)('on the wire, %s', (id) => {
  test('is one request to its path, with the raw key and the name of this package', async () => {
    const proxy = await startRecordingProxy(inject('prismUrl'));
    const { dixa } = contractClient({ apiKey, baseUrl: proxy.url });
    await calls[id].method(dixa, {});

    expect(proxy.received).toMatchObject([
      {
        method: operations[id].method,
        url: pathOf(id),
        headers: { authorization: apiKey, 'user-agent': `dixa-webhooks/${version}` },
      },
    ]);
    const names = proxy.received[0]?.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names?.filter((name) => name === 'authorization')).toHaveLength(1);
  });

  test('says that its body is JSON exactly where it has one', async () => {
    const proxy = await startRecordingProxy(inject('prismUrl'));
    const { dixa } = contractClient({ baseUrl: proxy.url });
    await calls[id].method(dixa, {});

    const { headers, body } = proxy.received[0] ?? {};
    expect(headers?.['content-type']).toBe(body ? 'application/json' : undefined);
    expect(Boolean(body)).toBe(requestExamples(id).length > 0);
  });

  test('under a middleware, which sees a real Request without the key, sends and gives the same', async () => {
    const proxy = await startRecordingProxy(inject('prismUrl'));
    const { dixa } = contractClient({ apiKey, baseUrl: proxy.url });
    const result = await calls[id].method(dixa, {});
    const seen: [Request, Response][] = [];
    dixa.raw.use({ onResponse: ({ request, response }) => void seen.push([request, response]) });

    expect(await calls[id].method(dixa, {})).toStrictEqual(result);
    const [plain, observed] = proxy.received;
    expect(observed).toStrictEqual(plain);
    const [request, response] = seen[0] ?? [];
    expect(request).toBeInstanceOf(Request);
    expect(request?.headers.has('authorization')).toBe(false);
    expect(response?.status).toBe(statuses[id][0]);
  });

  test('by raw sends what its method sends', async () => {
    const proxy = await startRecordingProxy(inject('prismUrl'));
    const { dixa } = contractClient({ apiKey, baseUrl: proxy.url });
    await calls[id].method(dixa, {});
    await calls[id].raw(dixa, { headers: {} });

    const [byMethod, byRaw] = proxy.received;
    expect(byRaw).toStrictEqual(byMethod);
  });
});

test.each(['', '/', '//'])('a baseUrl that ends in "/beta%s" puts one slash before the path', async (ending) => {
  const proxy = await startRecordingProxy(inject('prismUrl'), '/beta');
  const { dixa } = contractClient({ baseUrl: `${proxy.url}/beta${ending}` });
  await dixa.get(pathValues.webhookSubscriptionId);
  expect(proxy.received).toMatchObject([{ url: `/beta/webhooks/${pathValues.webhookSubscriptionId}` }]);
});

test('an id in upper case is sent as it was given', async () => {
  const { dixa, exchanges } = contractClient();
  const id = pathValues.webhookSubscriptionId.toUpperCase();
  await dixa.get(id);
  expect(exchanges).toMatchObject([{ status: 200, url: `${inject('prismUrl')}/webhooks/${id}` }]);
});

test('without the option fetch, the runtime sends it', async () => {
  const proxy = await startRecordingProxy(inject('prismUrl'));
  const dixa = createDixaWebhooks({ apiKey, baseUrl: proxy.url });
  expect(await dixa.list()).toStrictEqual(await contractClient().dixa.list());
  expect(proxy.received).toMatchObject([{ headers: { authorization: apiKey } }]);
});

test('headers of the client and of the call are sent, those of the call over those of the client', async () => {
  const proxy = await startRecordingProxy(inject('prismUrl'));
  const { dixa } = contractClient({ baseUrl: proxy.url, headers: { 'X-Trace': 'client', 'X-Team': 'support' } });
  await dixa.list({ headers: { 'X-Trace': 'call' } });
  expect(proxy.received).toMatchObject([{ headers: { 'x-trace': 'call', 'x-team': 'support' } }]);
});

test('text beyond ASCII reaches the server as UTF-8', async () => {
  const proxy = await startRecordingProxy(inject('prismUrl'));
  const { dixa } = contractClient({ baseUrl: proxy.url });
  const name = 'Kundesupport – æøå 😀';
  await dixa.update(pathValues.webhookSubscriptionId, { name });
  expect(JSON.parse(proxy.received[0]?.body ?? '')).toEqual({ name });
});
