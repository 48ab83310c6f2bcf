import { describe, expect, it } from 'vitest';
import {
  createDixaWebhooks,
  DixaApiError,
  DixaAuthenticationError,
  DixaResponseError,
  DixaServerError,
} from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, newSubscription, subscriptionId } from '../../../support/fake-dixa.js';
import { answer, succeed } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

const page = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const html = { 'Content-Type': 'text/html' };
const reading = ways.filter(({ method }) => method !== 'DELETE');

describe('a server that answers oddly', () => {
  it.each(ways)('with an empty 401: $name sees a 401', async ({ call }) => {
    const { baseUrl, requests } = await faultyServer(answer(401));
    expect(await call(createDixaWebhooks({ apiKey, baseUrl }))).toBe(401);
    expect(requests).toHaveLength(1);
  });

  it('with an empty 401: the error is whole', async () => {
    const { baseUrl } = await faultyServer(answer(401, '', { 'X-Request-Id': 'r-1', 'Set-Cookie': 'session=hidden' }));
    const error = (await createDixaWebhooks({ apiKey, baseUrl })
      .get(subscriptionId)
      .catch((error) => error)) as DixaAuthenticationError;
    expect(error).toBeInstanceOf(DixaAuthenticationError);
    expect(error).toMatchObject({
      status: 401,
      body: undefined,
      attempts: 1,
      operationId: 'getWebhookSubscription',
      method: 'GET',
      url: `${baseUrl}/webhooks/${subscriptionId}`,
    });
    expect(error.headers.get('x-request-id')).toBe('r-1');
    expect(error.headers.has('set-cookie')).toBe(false);
    expect(error.message).toMatch(/apiKey/);
  });

  it.each(reading)('with a page and 200: $name sees a DixaResponseError', async ({ call }) => {
    const { baseUrl, requests } = await faultyServer(answer(200, page, html));
    const error = await call(createDixaWebhooks({ apiKey, baseUrl })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(error).toMatchObject({ status: 200 });
    expect(`${error}`).not.toMatch(/nginx|DOCTYPE/);
    expect(requests).toHaveLength(1);
  });

  it.each([502, 503, 504])('with a page and %i, and then well: the call succeeds', async (status) => {
    const { baseUrl, requests } = await faultyServer(answer(status, page, { ...html, 'Retry-After': '0' }), succeed);
    expect(await createDixaWebhooks({ apiKey, baseUrl }).list()).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  it('with a page and 502 to the end: the error holds the page, its message does not', async () => {
    const { baseUrl, requests } = await faultyServer(answer(502, page, { ...html, 'Retry-After': '0' }));
    const error = await createDixaWebhooks({ apiKey, baseUrl })
      .list()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaServerError);
    expect(error).toMatchObject({ status: 502, body: page, attempts: 3 });
    expect(`${error}`).not.toContain('nginx');
    expect(requests).toHaveLength(3);
  });

  it('with a page and 502 to a POST: it is sent once', async () => {
    const { baseUrl, requests } = await faultyServer(answer(502, page, { ...html, 'Retry-After': '0' }));
    const error = await createDixaWebhooks({ apiKey, baseUrl })
      .create(newSubscription)
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ status: 502, outcome: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['ends too early', '{"data":[{"secretKey":"hidden'],
    ['lacks its last brace', '{"data":[{"secretKey":"hidden"}]'],
    ['is binary', '\u0000\u0001hidden'],
  ])('with JSON that %s: the error has nothing of it', async (_, body) => {
    const { baseUrl, requests } = await faultyServer(answer(200, body));
    const error = await createDixaWebhooks({ apiKey, baseUrl })
      .list()
      .catch((error: Error) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect((error as Error).stack).not.toMatch(/hidden|SyntaxError|Unexpected/);
    expect((error as Error).cause).toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a text', 'slow down', 'slow down'],
    ['JSON without a message', '{"error":"x"}', { error: 'x' }],
    ['a message that is no text', '{"message":{"a":1}}', { message: { a: 1 } }],
    ['a number', '7', 7],
    ['null', 'null', expect.toBeOneOf([null, undefined])],
  ])('with an error whose body is %s: the error holds it', async (_, body, held) => {
    const { baseUrl } = await faultyServer(answer(400, body));
    const error = await createDixaWebhooks({ apiKey, baseUrl })
      .list()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaApiError);
    expect((error as DixaApiError).body).toEqual(held);
  });

  it("with a message of Dixa's: it is quoted, 300 characters at most", async () => {
    const { baseUrl } = await faultyServer(
      answer(400, JSON.stringify({ message: 'Invalid value in request' })),
      answer(400, JSON.stringify({ message: 'm'.repeat(10_000) })),
    );
    const dixa = createDixaWebhooks({ apiKey, baseUrl });
    await expect(dixa.list()).rejects.toThrow('Invalid value in request');
    const { message } = (await dixa.list().catch((error) => error)) as Error;
    expect(message).toContain('m'.repeat(300));
    expect(message).not.toContain('m'.repeat(301));
  });

  it('with errors: raw gives them as openapi-fetch does, and leaves the reply readable', async () => {
    const body = JSON.stringify({ message: 'The requested resource could not be found' });
    const { baseUrl } = await faultyServer(answer(404, body), answer(401), answer(502, page, html));
    const { raw } = createDixaWebhooks({ apiKey, baseUrl, maxRetries: 0 });
    const params = { path: { webhookSubscriptionId: subscriptionId } };
    const first = await raw.GET('/webhooks/{webhookSubscriptionId}', { params });
    expect(first).toMatchObject({ error: JSON.parse(body), response: { status: 404, ok: false } });
    expect(first.data).toBeUndefined();
    expect((await raw.GET('/webhooks')).response.status).toBe(401);
    expect(await raw.GET('/webhooks')).toMatchObject({ error: page, response: { status: 502 } });
  });
});
