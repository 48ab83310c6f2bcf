import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DixaConfigurationError, DixaInputError } from 'dixa-webhooks';
import { failedDeliveries, type LoggedDelivery, type ReplayedRequest, replayDelivery } from 'dixa-webhooks/manage';
import { createReceiver, memoryDedupe, type WebhookEvent } from 'dixa-webhooks/receiver';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { deadAddress } from '../../support/dead-address.js';
import { fakeDixa, json } from '../../support/fake-dixa.js';
import { eventText, otherSecret, rejection, secret, subscriptionId } from '../../support/receiver-delivery.js';
import { close, serve } from '../../support/receiver-server.js';

const eventId = '0b0f4d8e-1111-4222-8333-444455556666';
const logged: LoggedDelivery = {
  subscriptionId,
  type: 'ConversationCreated',
  eventId,
  payload: '{"event_id":"0b0f4d8e-1111-4222-8333-444455556666","event_fqn":"CONVERSATION_CREATED","2":1.0,"1":[]}',
  deliveryDetail: { deliveryTimestamp: '2026-07-01T10:00:00Z', success: false, responseCode: 500, responseText: '' },
};

/** Collects what is replayed. */
function collector() {
  const requests: ReplayedRequest[] = [];
  const receive = (request: ReplayedRequest) => {
    requests.push(request);
    return { status: 200 };
  };
  return { requests, receive };
}

/** Serves one response until the test ends. */
async function respondWith(status: number, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, headers).end('a body'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a replayed delivery', () => {
  it('is printed as Dixa prints, with each number and each key as it was', async () => {
    const { requests, receive } = collector();
    await replayDelivery(logged, { receive, secret });
    const [head = '', ...rest] = (requests[0]?.body ?? '').split('\n');
    expect([head, ...rest.slice(2)]).toEqual(['{', '  "2" : 1.0,', '  "1" : [', '  ]', '}']);
  });

  it('has the headers of Dixa, which none of those given replaces', async () => {
    const { requests, receive } = collector();
    const headers = { Authorization: 'Bearer x', 'X-DIXA-Signature': 'forged', 'Content-Type': 'text/plain' };
    await replayDelivery(logged, { receive, secret, headers });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      headers: {
        authorization: 'Bearer x',
        'content-type': 'application/json',
        'x-dixa-signature': expect.stringMatching(/^t=\d+,v1=[\da-f]{64}$/),
        'x-dixa-subscription-id': subscriptionId,
      },
    });
  });

  it('passes a receiver whose secret depends on the subscription, once for each event', async () => {
    const receiver = createReceiver({
      secret: (id) => (id === subscriptionId ? secret : null),
      dedupe: memoryDedupe(),
    });
    const events: WebhookEvent[] = [];
    receiver.on('ConversationCreated', (event) => events.push(event));
    const options = { receive: receiver.receive, secret };
    expect(await replayDelivery(logged, options)).toEqual({ success: true, status: 200, reason: undefined });
    expect(await replayDelivery(logged, options)).toMatchObject({ success: true });
    expect(events).toMatchObject([{ event_id: eventId }]);
  });

  it('passes the receiver of the README from the logs of the client', async () => {
    const {
      subscriptionId: _,
      type,
      eventId: __,
      ...entry
    } = { ...logged, payload: JSON.stringify(JSON.parse(eventText())) };
    const { dixa } = fakeDixa([() => json({ data: [entry] })]);
    const receiver = createReceiver({ secret });
    const { deliveries } = await failedDeliveries(dixa, subscriptionId, { events: [type] });
    const results = await Promise.all(
      deliveries.map((delivery) => replayDelivery(delivery, { receive: receiver.receive, secret })),
    );
    expect(results).toMatchObject([{ success: true, status: 200 }]);
  });

  it('passes a receiver over HTTP', async () => {
    const receiver = createReceiver({ secret });
    const ids: (string | undefined)[] = [];
    receiver.onAny((_, context) => ids.push(context.subscriptionId));
    const { port } = await serve(receiver);
    for (const to of [`http://127.0.0.1:${port}/dixa`, new URL(`http://127.0.0.1:${port}/dixa?a=@b`)]) {
      expect(await replayDelivery(logged, { to, secret })).toEqual({ success: true, status: 200, reason: undefined });
    }
    expect(ids).toEqual([subscriptionId, subscriptionId]);
  });
});

describe('the outcome of a replay', () => {
  it('is a refusal, with its reason if the receiver is in this process', async () => {
    const receiver = createReceiver({ secret: otherSecret });
    receiver.onError(() => {});
    const refused = await replayDelivery(logged, { receive: receiver.receive, secret });
    expect(refused).toMatchObject({ success: false, status: 401, reason: expect.stringContaining('secret') });
    const { port } = await serve(receiver);
    const overHttp = await replayDelivery(logged, { to: `http://127.0.0.1:${port}`, secret });
    expect(overHttp).toEqual({ success: false, status: 401, reason: undefined });
  });

  it('is a failure if a handler throws', async () => {
    const receiver = createReceiver({ secret });
    receiver.onError(() => {});
    receiver.onAny(() => {
      throw new Error('the database is away');
    });
    expect(await replayDelivery(logged, { receive: receiver.receive, secret })).toEqual({
      success: false,
      status: 500,
      reason: 'the database is away',
    });
  });

  it.each([301, 302, 307])('is a redirect that is not followed: %d', async (status) => {
    const to = await respondWith(status, { location: 'http://127.0.0.1:1/' });
    expect(await replayDelivery(logged, { to, secret })).toEqual({ success: false, status, reason: 'a redirect' });
  });

  it('is no response, with the code of the platform', async () => {
    const to = await deadAddress();
    expect(await replayDelivery(logged, { to, secret })).toEqual({
      success: false,
      status: 0,
      reason: 'no response (ECONNREFUSED)',
    });
  });

  it.each([
    ['of Deno', new TypeError('fetch failed', { cause: new Error('for url (http://a/?token=s3cret): dns error') })],
    ['of Bun', Object.assign(new TypeError('Unable to connect'), { code: 'ECONNREFUSED' })],
    ['of no kind that is known', 's3cret'],
  ])('is no response, with what there is to say of an error %s', async (_, thrownByFetch) => {
    vi.stubGlobal('fetch', () => Promise.reject(thrownByFetch));
    const { status, reason } = await replayDelivery(logged, { to: 'http://a/?token=s3cret', secret });
    expect(status).toBe(0);
    expect(reason).toMatch(/^no response \((for url \(http:\/\/a\/ dns error|ECONNREFUSED|undefined)\)$/);
  });

  it('is no response in time', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => close(server));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await replayDelivery(logged, { to, secret, timeoutMs: 20 })).toEqual({
      success: false,
      status: 0,
      reason: 'no response in 20 ms',
    });
  });
});

describe('arguments of replayDelivery', () => {
  const receive = () => ({ status: 200 });
  const replay = replayDelivery as (...given: unknown[]) => Promise<unknown>;
  const to = 'http://127.0.0.1:1';

  it.each([
    ['delivery must come from failedDeliveries().', [undefined, { secret, receive }]],
    ['delivery must come from failedDeliveries().', [{ payload: logged.payload }, { secret, receive }]],
    [
      'delivery must come from failedDeliveries().',
      [
        { ...logged, payload: {} },
        { secret, receive },
      ],
    ],
    [
      'delivery.payload must be a JSON object.',
      [
        { ...logged, payload: '["s3cret"]' },
        { secret, receive },
      ],
    ],
    ['options must be an object.', [logged]],
    ['secret must be the secretKey of the subscription.', [logged, { receive }]],
    ['to or receive must be set, not both.', [logged, { secret }]],
    ['to or receive must be set, not both.', [logged, { secret, to, receive }]],
    ['receive must be a function.', [logged, { secret, receive: createReceiver({ secret }) }]],
    ['receive must resolve with a status.', [logged, { secret, receive: () => new Date() }]],
    ['receive must resolve with a status.', [logged, { secret, receive: () => undefined }]],
    ['headers must be an object of valid headers.', [logged, { secret, to, headers: { a: 's3\ncret' } }]],
    ['header cannot be set: use headers.', [logged, { secret, to, header: {} }]],
    ...['s3cret', 'ftp://s3cret.example', 'https://user:s3cret@example.com', 5].map((address) => [
      'to must be an absolute https: or http: URL without credentials.',
      [logged, { secret, to: address }],
    ]),
    ...[0, -1, 1.5, 2 ** 31, '5', Number.NaN].map((timeoutMs) => [
      'timeoutMs must be a whole number from 1 to 2147483647.',
      [logged, { secret, to, timeoutMs }],
    ]),
  ] as [string, unknown[]][])('%s', async (message, given) => {
    const error = await rejection(replay(...given));
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error.message).toBe(message);
  });

  it('hold a secret that is well formed', async () => {
    expect(await rejection(replayDelivery(logged, { secret: 'ab', receive }))).toBeInstanceOf(DixaConfigurationError);
  });
});
