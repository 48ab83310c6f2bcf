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
  test("is one request to its path, with the raw key and this package's User-Agent", async () => {
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

  test('has a JSON content type only if it has a body', async () => {
    const proxy = await startRecordingProxy(inject('prismUrl'));
    const { dixa } = contractClient({ baseUrl: proxy.url });
    await calls[id].method(dixa, {});

    const { headers, body } = proxy.received[0] ?? {};
    expect(headers?.['content-type']).toBe(body ? 'application/json' : undefined);
    expect(Boolean(body)).toBe(requestExamples(id).length > 0);
  });

  test('with middleware, which sees a real Request without the key, sends and returns the same', async () => {
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

  test('sends the same from raw as from the method', async () => {
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

test('an upper-case id is sent unchanged', async () => {
  const { dixa, exchanges } = contractClient();
  const id = pathValues.webhookSubscriptionId.toUpperCase();
  await dixa.get(id);
  expect(exchanges).toMatchObject([{ status: 200, url: `${inject('prismUrl')}/webhooks/${id}` }]);
});

test('uses the fetch of the runtime by default', async () => {
  const proxy = await startRecordingProxy(inject('prismUrl'));
  const dixa = createDixaWebhooks({ apiKey, baseUrl: proxy.url });
  expect(await dixa.list()).toStrictEqual(await contractClient().dixa.list());
  expect(proxy.received).toMatchObject([{ headers: { authorization: apiKey } }]);
});

test('sends headers of the client and of the call, which take precedence', async () => {
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
