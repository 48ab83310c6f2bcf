import {
  allOf,
  basicAuth,
  createDixaWebhooks,
  type DixaApiError,
  DixaAuthenticationError,
  DixaBadRequestError,
  DixaNotFoundError,
  isOneOf,
  tokenAuth,
} from 'dixa-webhooks';
import { createReceiver, DixaConfigurationError } from 'dixa-webhooks/receiver';
import { createSandbox, type SandboxOptions } from 'dixa-webhooks/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { rejection, thrown } from '../../support/receiver-delivery.js';

const events = ['ConversationCreated', 'ConversationRated'] as const;
const hook = { name: 'tests', url: 'https://hooks.example.com/dixa', events };
const someId = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';

function sandboxAndClient(options?: SandboxOptions) {
  const sandbox = createSandbox(options);
  const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false, maxRetries: 0 });
  return { sandbox, dixa };
}

describe('the subscriptions of a sandbox', () => {
  it('are created, read, listed, updated and deleted', async () => {
    const { dixa } = sandboxAndClient();

    const created = await dixa.create(hook);
    const other = await dixa.create({ ...hook, name: 'other' });
    const updated = await dixa.update(created.id, { enabled: false, events: ['ConversationClosed'] });

    expect(created).toMatchObject({
      name: 'tests',
      url: hook.url,
      subscribedEvents: events,
      enabled: true,
      headers: {},
    });
    expect(updated).toMatchObject({
      ...created,
      enabled: false,
      subscribedEvents: ['ConversationClosed'],
      updatedAt: expect.anything(),
    });
    expect(await dixa.get(created.id)).toEqual(updated);
    expect(await dixa.list()).toEqual([updated, other]);
    await dixa.delete(created.id);
    expect(await dixa.list()).toEqual([other]);
  });

  it('have an id and a secret of their own', async () => {
    const { dixa } = sandboxAndClient();

    const [first, second] = [await dixa.create(hook), await dixa.create(hook)];

    expect(first.id).not.toBe(second.id);
    expect(first.secretKey).toMatch(/^[\da-f]{64}$/);
    expect(first.secretKey).not.toBe(second.secretKey);
  });

  it.each([
    [basicAuth('Aladdin', 'open sesame'), 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    [basicAuth('ünï', 'cödé'), 'Basic w7xuw686Y8O2ZMOp'],
    [tokenAuth('abc'), 'Bearer abc'],
  ])('show the header that their authorization computes: %o', async (authorization, header) => {
    const { dixa } = sandboxAndClient();

    const { headers } = await dixa.create({ ...hook, authorization, customHeaders: { 'X-Shop': '7' } });

    expect(headers).toEqual({ Authorization: header, 'X-Shop': '7' });
  });

  it('keep what an update does not name', async () => {
    const { dixa } = sandboxAndClient();
    const filters = { Conversation: allOf(isOneOf('InitialChannel', ['email'])) };
    const { id, headers } = await dixa.create({ ...hook, authorization: tokenAuth('abc'), filters });

    const updated = await dixa.update(id, { name: 'renamed' });

    expect(updated).toMatchObject({ name: 'renamed', headers, filters, subscribedEvents: events });
  });

  it('take credentials of any length', async () => {
    const { dixa } = sandboxAndClient();
    const password = 'é'.repeat(200_000);

    const { headers } = await dixa.create({ ...hook, authorization: basicAuth('user', password) });

    expect(headers.Authorization).toBe(`Basic ${Buffer.from(`user:${password}`).toString('base64')}`);
  });

  it('do not change with the object that they were made from', async () => {
    const events = ['ConversationRated' as const];
    const { dixa } = sandboxAndClient({ subscriptions: [{ ...hook, events }] });
    events.pop();

    expect(await dixa.list()).toMatchObject([{ subscribedEvents: ['ConversationRated'] }]);
  });

  it('have the secret that they were given, and the defaults of the client', async () => {
    const secretKey = 'ab'.repeat(32);
    const { dixa } = sandboxAndClient({ subscriptions: [{ ...hook, id: someId, secretKey, enabled: undefined }] });

    expect(await dixa.get(someId)).toMatchObject({ id: someId, secretKey, enabled: true, headers: {} });
    expect((await dixa.get(someId.toUpperCase())).id).toBe(someId);
  });

  it('have no delivery in the beginning', async () => {
    const { dixa } = sandboxAndClient();
    const { id } = await dixa.create(hook);

    expect(await dixa.deliveryStatuses(id)).toEqual(
      events.map((event) => ({ event, deliveryStatus: { _type: 'NoRecentDelivery' } })),
    );
    expect(await dixa.deliveryLogs(id, 'ConversationRated')).toEqual([]);
  });

  it.each(['beta', 'v1'] as const)('are the same under %s', async (apiVersion) => {
    const sandbox = createSandbox({ subscriptions: [hook] });
    const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, apiVersion });

    expect(await dixa.list()).toHaveLength(1);
  });

  it('are served under an address without a version', async () => {
    const sandbox = createSandbox({ subscriptions: [hook] });
    const { apiKey, fetch } = sandbox;
    const dixa = createDixaWebhooks({ apiKey, fetch, baseUrl: 'http://localhost:4010' });

    expect(await dixa.list()).toHaveLength(1);
  });
});

describe('a sandbox refuses', () => {
  it('another API key', async () => {
    const { fetch } = createSandbox();
    const dixa = createDixaWebhooks({ apiKey: 'another', fetch });

    expect(await rejection(dixa.list())).toBeInstanceOf(DixaAuthenticationError);
  });

  it('a request without an API key', async () => {
    const response = await createSandbox().fetch('https://dev.dixa.io/beta/webhooks');

    expect(response.status).toBe(401);
    const message = 'Unauthorized (sandbox: Authorization must be the apiKey of the sandbox)';
    expect(await response.json()).toEqual({ message });
  });

  it('an id that it does not know, in every operation on one', async () => {
    const { dixa } = sandboxAndClient();
    const calls = [
      dixa.get(someId),
      dixa.update(someId, { enabled: true }),
      dixa.delete(someId),
      dixa.deliveryStatuses(someId),
      dixa.deliveryLogs(someId, 'ConversationRated'),
    ];

    for (const call of calls) {
      const error = await rejection(call);
      expect(error).toBeInstanceOf(DixaNotFoundError);
      expect((error as DixaApiError).body).toEqual({ message: 'The requested resource could not be found' });
    }
  });

  it.each([
    [
      'an id that is no UUID',
      'GET',
      '/webhooks/7',
      undefined,
      400,
      /^Invalid value in request \(sandbox: webhookSubscriptionId /,
    ],
    ['a malformed path', 'GET', '/webhooks/%E0%A4%A', undefined, 400, /^Invalid value in request/],
    [
      'an event type that is no name',
      'GET',
      `/webhooks/${someId}/delivery-status/logs/a-b`,
      undefined,
      400,
      /\(sandbox: event /,
    ],
    [
      'a path that no operation has',
      'GET',
      '/agents',
      undefined,
      404,
      /\(sandbox: there is no operation GET \/beta\/agents\)$/,
    ],
    ['a method that no operation has', 'PUT', '/webhooks', '{}', 404, /there is no operation PUT/],
    [
      'a body that is not JSON',
      'POST',
      '/webhooks',
      '{',
      400,
      /^Decoding failure in request \(sandbox: the body is not JSON\)$/,
    ],
    ['no body', 'POST', '/webhooks', undefined, 400, /the body is not JSON/],
    ['a body that is no object', 'POST', '/webhooks', '[]', 400, /\(sandbox: body must be object\)$/],
    [
      'a missing property',
      'POST',
      '/webhooks',
      JSON.stringify(hook),
      400,
      /body must have required property 'authorization'/,
    ],
    [
      'a misspelt property',
      'PATCH',
      `/webhooks/${someId}`,
      '{"enable":true}',
      400,
      /body must NOT have additional properties: enable/,
    ],
    [
      'an unknown event type',
      'PATCH',
      `/webhooks/${someId}`,
      '{"events":["ConversationRatd"]}',
      400,
      /body\.events\.0 must be/,
    ],
    [
      'an unknown authorization',
      'PATCH',
      `/webhooks/${someId}`,
      '{"authorization":{"_type":"Magic"}}',
      400,
      /body\.authorization/,
    ],
  ])('%s', async (_, method, path, body, status, message) => {
    const { apiKey, fetch } = createSandbox({ subscriptions: [{ ...hook, id: someId }] });
    const init = { method, headers: { authorization: apiKey }, ...(body && { body }) };

    const response = await fetch(`https://dev.dixa.io/beta${path}`, init);

    expect(response.status).toBe(status);
    expect((await response.json()).message).toMatch(message);
  });

  it('what is no request, as fetch does: by rejecting', async () => {
    const { fetch } = createSandbox();

    for (const wrong of ['/beta/webhooks', null]) {
      expect(await rejection(fetch(wrong as string))).toBeInstanceOf(TypeError);
    }
  });

  it('a request whose body was read, as fetch does', async () => {
    const { apiKey, fetch } = createSandbox();
    const headers = { authorization: apiKey };
    const request = new Request('https://dev.dixa.io/beta/webhooks', { method: 'POST', headers, body: '{}' });
    await request.text();

    expect((await rejection(fetch(request))).message).toMatch(/body|used|read/i);
  });

  it('and keeps no half-made subscription', async () => {
    const { sandbox, dixa } = sandboxAndClient();
    const init = { method: 'POST', headers: { authorization: sandbox.apiKey }, body: JSON.stringify({ name: 'half' }) };

    await sandbox.fetch('https://dev.dixa.io/beta/webhooks', init);

    expect(await dixa.list()).toEqual([]);
  });

  it('in a way that the client reports', async () => {
    const { dixa } = sandboxAndClient();
    const error = await rejection(dixa.create({ ...hook, events: ['ConversationRatd' as never] }));

    expect(error).toBeInstanceOf(DixaBadRequestError);
    expect(error.message).toContain('body.events.0');
  });
});

describe('the options of a sandbox', () => {
  it.each<[string, unknown, RegExp]>([
    ['an API key with a space', { apiKey: 'a b' }, /^apiKey must be visible ASCII/],
    ['an empty API key', { apiKey: '' }, /^apiKey must be/],
    ['an API key that is no text', { apiKey: null }, /^apiKey must be/],
    ['a receiver in place of its fetch', { deliver: {} }, /^deliver must be a function, such as receiver\.fetch\.$/],
    ['subscriptions that are no list', { subscriptions: {} }, /^subscriptions must be an array\.$/],
    ['a subscription that is nothing', { subscriptions: [null] }, /^subscriptions\.0 must have required property/],
    [
      'a subscription without a url',
      { subscriptions: [hook, { ...hook, url: undefined }] },
      /^subscriptions\.1 must have required property 'url'\.$/,
    ],
    [
      'an id that is no UUID',
      { subscriptions: [{ ...hook, id: '7' }] },
      /^subscriptions\.0\.id must match format "uuid"\.$/,
    ],
    [
      'an id twice',
      {
        subscriptions: [
          { ...hook, id: someId },
          { ...hook, id: someId },
        ],
      },
      /^subscriptions\.1\.id is already used by another/,
    ],
    ['a malformed secret', { subscriptions: [{ ...hook, secretKey: 'hush-hush' }] }, /^secret is not hex/],
    ['an empty secret', { subscriptions: [{ ...hook, secretKey: '' }] }, /^secret is empty or not a string/],
    ['a list of secrets', { subscriptions: [{ ...hook, secretKey: [] }] }, /^secret is empty or not a string/],
    ['a secret function', { subscriptions: [{ ...hook, secretKey: () => '' }] }, /^secret is empty or not a string/],
    ['a misspelt option', { deliverTo: () => {} }, /^There is no option deliverTo: use deliver\.$/],
  ])('are refused for %s', (_, options, message) => {
    const error = thrown(() => createSandbox(options as SandboxOptions));

    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hush-hush');
  });
});

it('answers 500 and names the operation and the field if it breaks the contract itself', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { sandbox, dixa } = sandboxAndClient({ subscriptions: [hook] });
  // No clock makes what the contract calls a date-time in the year 10000.
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ now: Date.parse('+010000-01-01T00:00:00Z'), toFake: ['Date'] });

  const { status, body } = (await rejection(dixa.create(hook))) as DixaApiError;

  expect(status).toBe(500);
  expect(body).toEqual({
    message: expect.stringContaining('(sandbox: response.data.createdAt must match format "date-time")'),
  });
  expect(printed.mock.calls).toEqual([
    [
      'dixa-webhooks: the sandbox broke the contract in createWebhookSubscription: response.data.createdAt must match format "date-time".',
    ],
  ]);
  expect(sandbox.apiKey).not.toBe('');
});

it('tests a whole integration in one process', async () => {
  const secrets = new Map<string, string>();
  const receiver = createReceiver({ secret: (id) => secrets.get(`${id}`) });
  const scores: unknown[] = [];
  receiver.on('ConversationRated', (event) => scores.push(event.data.score));
  const { sandbox, dixa } = sandboxAndClient({ deliver: receiver.fetch });
  const { id, secretKey } = await dixa.create(hook);
  secrets.set(id, secretKey);

  const deliveries = await sandbox.trigger('ConversationRated', { data: { score: 1 } });

  expect(scores).toEqual([1]);
  expect(deliveries).toMatchObject([{ subscriptionId: id, success: true, status: 200 }]);
  const [log] = await dixa.deliveryLogs(id, 'ConversationRated');
  expect(log?.deliveryDetail).toMatchObject({ success: true, responseCode: 200 });
});
