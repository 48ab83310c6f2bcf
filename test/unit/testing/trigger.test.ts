import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDixaWebhooks, tokenAuth } from 'dixa-webhooks';
import { createReceiver, DixaConfigurationError, memoryDedupe } from 'dixa-webhooks/receiver';
import { createSandbox, type SandboxOptions } from 'dixa-webhooks/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toNodeListener } from '../../../src/receiver/node.js';
import { deadAddress } from '../../support/dead-address.js';
import { rejection, secret as secretKey } from '../../support/receiver-delivery.js';

const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
const hook = {
  id,
  secretKey,
  name: 'tests',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationRated'] as const,
};
const answer = (status: number) => () => new Response(null, { status });

function sandboxAndClient(deliver: SandboxOptions['deliver'], changes: object = {}) {
  const sandbox = createSandbox({ deliver, subscriptions: [{ ...hook, ...changes }] });
  const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch, rateLimit: false });
  return { sandbox, dixa };
}

const dead = await deadAddress();

describe('trigger', () => {
  it('delivers to every enabled subscription to the event type, and to no other', async () => {
    const deliver = vi.fn((_: Request) => new Response());
    const sandbox = createSandbox({
      deliver,
      subscriptions: [
        { ...hook, id: undefined, url: 'https://one.example.com' },
        { ...hook, id: undefined, url: 'https://two.example.com' },
        { ...hook, id: undefined, url: 'https://off.example.com', enabled: false },
        { ...hook, id: undefined, url: 'https://other.example.com', events: ['ConversationClosed'] },
        { ...hook, id: undefined, url: 'https://none.example.com', events: [] },
      ],
    });

    const deliveries = await sandbox.trigger('ConversationRated');

    expect(deliver.mock.calls.map(([{ url }]) => url)).toEqual([
      'https://one.example.com/',
      'https://two.example.com/',
    ]);
    expect(new Set(deliveries.map(({ eventId }) => eventId)).size).toBe(1);
    expect(new Set(deliveries.map(({ subscriptionId }) => subscriptionId)).size).toBe(2);
  });

  it("signs with the subscription's secret, and sends its id and its headers", async () => {
    const receiver = createReceiver({ secret: (asked) => (asked === id ? secretKey : null) });
    let headers = new Headers();
    const { sandbox } = sandboxAndClient(
      (request) => {
        headers = request.headers;
        return receiver.fetch(request);
      },
      { authorization: tokenAuth('abc'), customHeaders: { 'X-Shop': '7' } },
    );

    const [delivery] = await sandbox.trigger('ConversationRated');

    expect(delivery).toMatchObject({ subscriptionId: id, url: hook.url, sent: true, success: true, status: 200 });
    expect([headers.get('authorization'), headers.get('x-shop')]).toEqual(['Bearer abc', '7']);
  });

  it('delivers over HTTP to a loopback address', async () => {
    const receiver = createReceiver({ secret: secretKey });
    const handler = vi.fn();
    receiver.on('ConversationRated', handler);
    const server = createServer(toNodeListener(receiver));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { sandbox } = sandboxAndClient(undefined, { url });

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([{ sent: true, success: true, status: 200 }]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('keeps a log of what was delivered, the newest first', async () => {
    const responses = [500, 204];
    const { sandbox, dixa } = sandboxAndClient(() => answer(responses.shift() ?? 0)());
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00Z'), toFake: ['Date'] });

    await sandbox.trigger('ConversationRated', { data: { score: 1 } });
    vi.setSystemTime(Date.parse('2026-11-30T12:00:01Z'));
    await sandbox.trigger('ConversationRated', { data: { score: 2 } });

    const logs = await dixa.deliveryLogs(id, 'ConversationRated');
    expect(logs.map(({ deliveryDetail }) => deliveryDetail)).toEqual([
      { deliveryTimestamp: '2026-11-30T12:00:01.000Z', success: true, responseCode: 204, responseText: '' },
      { deliveryTimestamp: '2026-11-30T12:00:00.000Z', success: false, responseCode: 500, responseText: '' },
    ]);
    const [latest] = logs.map(({ payload }) => JSON.parse(payload));
    expect(latest).toMatchObject({ event_fqn: 'CONVERSATION_RATED', data: { score: 2 } });
    expect(latest).not.toHaveProperty('type');
    expect(await dixa.deliveryStatuses(id)).toMatchObject([
      { event: 'ConversationRated', deliveryStatus: { _type: 'DeliveryDetail', success: true, responseCode: 204 } },
    ]);
  });

  it('shows the status of an event type that was delivered before the subscription was changed', async () => {
    const { sandbox, dixa } = sandboxAndClient(answer(200));
    await sandbox.trigger('ConversationRated');

    await dixa.update(id, { events: ['ConversationClosed'] });

    expect((await dixa.deliveryStatuses(id)).map(({ event }) => event)).toEqual([
      'ConversationClosed',
      'ConversationRated',
    ]);
  });

  it('keeps 50 logs of an event type', async () => {
    const { sandbox, dixa } = sandboxAndClient(answer(200));

    await sandbox.trigger('ConversationRated', {}, { copies: 51 });

    expect(await dixa.deliveryLogs(id, 'ConversationRated')).toHaveLength(50);
  });

  it('sends copies at the same time, which a receiver handles once', async () => {
    const receiver = createReceiver({ secret: secretKey, dedupe: memoryDedupe() });
    const handler = vi.fn();
    receiver.on('ConversationRated', handler);
    const { sandbox } = sandboxAndClient(receiver.fetch);

    const deliveries = await sandbox.trigger('ConversationRated', {}, { copies: 3 });

    expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('does not retry unless it is asked to', async () => {
    const { sandbox } = sandboxAndClient(answer(500));

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([{ sent: true, success: false, status: 500 }]);
  });

  it('retries a failed deliveries of the same event until it succeeds', async () => {
    const responses = [500, 302, 200];
    const { sandbox, dixa } = sandboxAndClient(() => answer(responses.shift() ?? 0)());

    const deliveries = await sandbox.trigger('ConversationRated', {}, { retries: 5 });

    expect(deliveries.map(({ status, success }) => [status, success])).toEqual([
      [500, false],
      [302, false],
      [200, true],
    ]);
    expect(new Set(deliveries.map(({ eventId }) => eventId)).size).toBe(1);
    expect(await dixa.deliveryLogs(id, 'ConversationRated')).toHaveLength(3);
  });

  it('waits before each attempt if it is asked to', async () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers();
    const deliver = vi.fn(answer(500));
    const { sandbox } = sandboxAndClient(deliver);

    const triggered = sandbox.trigger('ConversationRated', {}, { retries: 1, delayMs: 1000 });
    await vi.advanceTimersByTimeAsync(999);
    expect(deliver).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(deliver).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await triggered).toHaveLength(2);
  });

  it('gives up after 10 s', async () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers();
    const { sandbox, dixa } = sandboxAndClient(() => new Promise(() => {}));

    const triggered = sandbox.trigger('ConversationRated');
    await vi.advanceTimersByTimeAsync(10_000);

    const reason = 'There was no response within 10 s.';
    expect(await triggered).toMatchObject([{ sent: true, success: false, status: 0, reason }]);
    const [log] = await dixa.deliveryLogs(id, 'ConversationRated');
    expect(log?.deliveryDetail).toMatchObject({ success: false, responseCode: 0, responseText: reason });
  });

  it.each<[string, SandboxOptions['deliver'], string, RegExp]>([
    ['nothing listens', undefined, dead, /^ECONNREFUSED$/],
    ['fetch blocks the port', undefined, 'http://127.0.0.1:6000', /^fetch failed: bad port$/],
    ['deliver throws', () => Promise.reject(new Error('my receiver broke')), hook.url, /^my receiver broke$/],
    ['deliver returns nothing', () => undefined as never, hook.url, /^deliver\(\) must return a Response, as /],
    [
      'deliver returns half a stub',
      () => ({ ok: true }) as never,
      hook.url,
      /^deliver\(\) must return a Response, as /,
    ],
    [
      'deliver is receiver.receive',
      () => ({ status: 200 }) as never,
      hook.url,
      /^deliver\(\) must return a Response, as /,
    ],
  ])('reports a delivery without a response: %s', async (_, deliver, url, reason) => {
    const { sandbox, dixa } = sandboxAndClient(deliver, { url });

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([
      { sent: true, success: false, status: 0, reason: expect.stringMatching(reason) },
    ]);
    expect(await dixa.deliveryLogs(id, 'ConversationRated')).toHaveLength(1);
  });

  it.each<[string, (response: Response) => unknown]>([
    ['that deliver has read', (response) => response.text()],
    ['that deliver has locked', (response) => void response.body?.getReader()],
    ['that is no stream', (response) => Object.defineProperty(response, 'body', { value: {} })],
  ])('does not care for the body of a response, even one %s', async (_, use) => {
    const { sandbox } = sandboxAndClient(async () => {
      const response = new Response('thanks', { status: 201 });
      await use(response);
      return response;
    });

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([{ success: true, status: 201 }]);
  });

  it('does not wait for a body that cannot be cancelled', async () => {
    const { sandbox } = sandboxAndClient(
      () => new Response(new ReadableStream({ cancel: () => new Promise<void>(() => {}) })),
    );

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([{ success: true, status: 200 }]);
  });

  it('reports whatever deliver throws', async () => {
    const wrong = [null, Object.create(null), { message: Object.create(null) }];
    const { sandbox } = sandboxAndClient(() => Promise.reject(wrong.pop()));

    const deliveries = await sandbox.trigger('ConversationRated', {}, { copies: 3 });

    const none = 'deliver() threw a value without a message.';
    expect(deliveries.map(({ reason }) => reason)).toEqual([none, none, 'null']);
  });

  it.each([
    ['not on loopback', { url: 'https://hooks.example.com/dixa' }, /^The url is not a loopback address, and deliver /],
    ['on loopback by its name only', { url: 'http://127.0.0.1.example.com' }, /^The url is not a loopback address/],
    ['no url', { url: 'nowhere' }, /^The url or a header of the subscription is not valid\.$/],
    [
      'with a malformed header',
      { url: 'http://localhost', customHeaders: { 'X-Key': 'hush\nhush' } },
      /^The url or a header/,
    ],
  ])('does not send to an address that is %s, and keeps no log of it', async (_, changes, reason) => {
    const sent = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('was sent'));
    onTestFinished(() => sent.mockRestore());
    const { sandbox, dixa } = sandboxAndClient(undefined, changes);

    const deliveries = await sandbox.trigger('ConversationRated', {}, { retries: 3 });

    expect(deliveries).toMatchObject([
      { sent: false, success: false, status: 0, reason: expect.stringMatching(reason) },
    ]);
    expect(JSON.stringify(deliveries)).not.toContain('hush');
    expect(await dixa.deliveryLogs(id, 'ConversationRated')).toEqual([]);
    expect(sent).not.toHaveBeenCalled();
  });

  it('does no harm to a subscription that is deleted meanwhile', async () => {
    const { sandbox, dixa } = sandboxAndClient(async () => {
      await dixa.delete(id);
      return new Response();
    });

    expect(await sandbox.trigger('ConversationRated')).toMatchObject([{ success: true }]);
    expect(await dixa.list()).toEqual([]);
  });

  it.each<[unknown[], string]>([
    [['ConversationRatd'], 'There is no event type ConversationRatd: did you mean ConversationRated?'],
    [['ConversationRated', {}, { copies: -1 }], 'copies must be a whole number from 0 to 1000.'],
    [['ConversationRated', {}, { retries: 1.5 }], 'retries must be a whole number from 0 to 1000.'],
    [['ConversationRated', {}, { delayMs: '1' }], 'delayMs must be a whole number from 0 to 600000.'],
    [['ConversationRated', {}, { copy: 2 }], 'There is no option copy: use copies, delayMs, retries.'],
  ])('refuses %o', async (args, message) => {
    const { sandbox } = sandboxAndClient(answer(200));

    const error = await rejection(sandbox.trigger(...(args as ['ConversationRated'])));

    expect(error).toEqual(new DixaConfigurationError(message));
  });
});
