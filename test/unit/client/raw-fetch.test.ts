import { expect, it } from 'vitest';
import { createDixaWebhooks } from '../../../src/client/index.js';
import { apiKey, fakeDixa, json, subscription, subscriptionId } from '../../support/fake-dixa.js';

const one = '/webhooks/{webhookSubscriptionId}';
const params = { path: { webhookSubscriptionId: subscriptionId } };

it("a raw call's own fetch gets a Request, as openapi-fetch types it, with the key and in place of the client's", async () => {
  const { dixa, sent } = fakeDixa();
  const requests: Request[] = [];
  const result = await dixa.raw.GET(one, {
    params,
    fetch: async (request) => {
      requests.push(request);
      return json({ data: subscription });
    },
  });
  expect(result.data).toEqual({ data: subscription });
  expect(requests.map(({ method, headers }) => [method, headers.get('authorization')])).toEqual([['GET', apiKey]]);
  expect(sent).toHaveLength(0);
});

it('a Headers object given as the headers of a client is refused, not lost', () => {
  const headers = new Headers({ 'X-Team': 'support' }) as unknown as Record<string, string>;
  expect(() => createDixaWebhooks({ apiKey, headers })).toThrow('headers must be a plain object.');
});

it('a fetch that aborts the signal of its call at once ends the call with the reason', async () => {
  const controller = new AbortController();
  const dixa = createDixaWebhooks({
    apiKey,
    fetch: () => {
      controller.abort('enough');
      return new Promise(() => {});
    },
  });
  await expect(dixa.get(subscriptionId, { signal: controller.signal })).rejects.toBe('enough');
});
