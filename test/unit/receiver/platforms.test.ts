import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Headers as UndiciHeaders } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ExecutionContext as Context, createReceiver, type DeliveryHeaders } from '../../../src/receiver/index.js';
import { delivery, secret, subscriptionId } from '../../support/receiver-delivery.js';

const { body, headers } = await delivery();
const signature = headers['x-dixa-signature'] ?? '';
const requestOf = () => new Request('https://example.test', { method: 'POST', body: body as string, headers });

describe('headers', () => {
  const shapes: Record<string, DeliveryHeaders> = {
    'a Headers': new Headers(headers),
    'a Headers of another realm or package': new UndiciHeaders(headers) as unknown as DeliveryHeaders,
    "node's header object": headers,
    'a record in the case of the documentation': {
      'X-DIXA-SIGNATURE': signature,
      'X-DIXA-SUBSCRIPTION-ID': subscriptionId,
    },
    'a record in mixed case': { 'X-Dixa-Signature': signature, 'X-Dixa-Subscription-Id': subscriptionId },
    'a record of lists': { 'x-dixa-signature': [signature], 'X-Dixa-Subscription-ID': [subscriptionId] },
    'a record without a prototype': Object.assign(Object.create(null), headers),
    'a record with a header named get': { get: 'x', ...headers },
  };

  it.each(Object.entries(shapes))('may be %s', async (_, shape) => {
    const find = vi.fn(() => secret);
    expect(await createReceiver({ secret: find }).receive({ body, headers: shape })).toMatchObject({ status: 200 });
    expect(find).toHaveBeenCalledWith(subscriptionId, undefined);
  });

  it('that hold the signature twice are garbled', async () => {
    const twice = { 'x-dixa-signature': [signature, signature] };
    expect(await createReceiver({ secret }).receive({ body, headers: twice })).toMatchObject({
      error: { reason: 'malformed-header' },
    });
  });

  it.each([undefined, null])('that hold %s as signature miss it', async (value) => {
    const missing = { 'X-Dixa-Signature': value } as DeliveryHeaders;
    expect(await createReceiver({ secret }).receive({ body, headers: missing })).toMatchObject({
      error: { reason: 'missing-header' },
    });
  });
});

describe('the secret function', () => {
  it.each([
    [subscriptionId, subscriptionId],
    [subscriptionId.toUpperCase(), subscriptionId.toUpperCase()],
    ['', undefined],
    ['rubbish', undefined],
    [`${subscriptionId}0`, undefined],
    [`${subscriptionId},${subscriptionId}`, undefined],
    ['__proto__', undefined],
  ])('is asked once a delivery: the header %j gives it %j', async (id, given) => {
    const find = vi.fn(async () => [secret]);
    const receiver = createReceiver({ secret: find });
    const result = await receiver.receive({ body, headers: { ...headers, 'x-dixa-subscription-id': id } });
    expect(result.status).toBe(200);
    expect(find.mock.calls).toEqual([[given, undefined]]);
  });

  it('is given undefined where there is no such header, and the environment of the platform', async () => {
    const env = { SECRET: secret };
    const find = vi.fn((_: string | undefined, given: typeof env) => given.SECRET);
    const receiver = createReceiver<typeof env>({ secret: find });

    expect((await receiver.receive({ body, headers: { 'x-dixa-signature': signature }, env })).status).toBe(200);
    expect((await receiver.fetch(requestOf(), env)).status).toBe(200);
    expect(find.mock.calls).toEqual([
      [undefined, env],
      [subscriptionId, env],
    ]);
  });
});

describe('receiver.fetch', () => {
  it('works without its receiver', async () => {
    const { fetch } = createReceiver({ secret });
    expect((await fetch(requestOf())).status).toBe(200);
  });

  it('calls waitUntil as a method of the platform, which may hand over its own context', async () => {
    class ExecutionContext {
      readonly work: Promise<unknown>[] = [];
      waitUntil(work: Promise<unknown>): void {
        this.work.push(work);
      }
    }
    const context = new ExecutionContext();
    const receiver = createReceiver({ secret, acknowledge: 'received' });
    const handler = vi.fn();
    receiver.onAny(handler);

    expect((await receiver.fetch(requestOf(), undefined, context)).status).toBe(200);
    expect(context.work).toHaveLength(1);
    await context.work[0];
    expect(handler).toHaveBeenCalledOnce();
  });

  it.each([
    ["Deno's info", { remoteAddr: { hostname: '127.0.0.1' } }],
    ["Bun's server", { port: 3000, upgrade: () => false }],
    ['null', null],
  ])('passes %s to the secret function, and takes nothing else from it', async (_, second) => {
    const find = vi.fn((..._args: unknown[]) => secret);
    const receiver = createReceiver({ secret: find });
    expect((await receiver.fetch(requestOf(), second)).status).toBe(200);
    expect(find).toHaveBeenCalledWith(subscriptionId, second);
  });

  it('of a receiver that is the default export of a Worker gets env and ctx', async () => {
    const receiver = createReceiver<{ SECRET: string }>({ secret: (_, env) => env.SECRET, acknowledge: 'received' });
    const worker: { fetch(request: Request, env: { SECRET: string }, ctx: Context): Promise<Response> } = receiver;
    const work: Promise<unknown>[] = [];
    const ctx = { waitUntil: (each: Promise<unknown>) => void work.push(each) };
    expect((await worker.fetch(requestOf(), { SECRET: secret }, ctx)).status).toBe(200);
    expect(await work[0]).toMatchObject({ outcome: 'handled' });
  });

  it('that Express calls responds with 500 at once, and says to use toNodeListener', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => print.mockRestore());
    const { fetch } = createReceiver({ secret });
    // @ts-expect-error Node's request is no Request.
    const listener: (request: IncomingMessage, response: ServerResponse) => void = fetch;
    const server = createServer(listener).listen(0);
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const sent = { method: 'POST', headers, body: body as string };
    const response = await globalThis.fetch(`http://127.0.0.1:${port}/dixa`, sent);
    expect(response.status).toBe(500);
    expect(print.mock.calls.flat().join()).toContain('use toNodeListener(receiver)');
  });

  it.each<[string, object]>([
    ['SvelteKit or Remix', { request: requestOf(), url: new URL('https://example.test') }],
    ['h3, which has the headers', { method: 'POST', headers: new Headers(headers), node: {} }],
    ['Hono', { req: { raw: requestOf() }, env: {} }],
  ])('given the event or context of %s says what to pass instead', async (_, context) => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => print.mockRestore());
    expect((await createReceiver({ secret }).fetch(context as Request)).status).toBe(500);
    expect(print.mock.calls.flat()).toEqual([expect.stringContaining('pass event.request or c.req.raw')]);
  });

  it('answers 500 to a Request whose body was read, and says so', async () => {
    const receiver = createReceiver({ secret });
    const onError = vi.fn();
    receiver.onError(onError);
    const request = requestOf();
    await request.text();

    expect((await receiver.fetch(request)).status).toBe(500);
    expect(onError.mock.lastCall?.[0]).toMatchObject({
      code: 'DIXA_CONFIGURATION',
      message: expect.stringContaining('raw body'),
    });
  });

  it('answers 500 to a Request whose body somebody is reading, and says so', async () => {
    const receiver = createReceiver({ secret });
    const onError = vi.fn();
    receiver.onError(onError);
    const request = requestOf();
    request.body?.getReader();

    expect((await receiver.fetch(request)).status).toBe(500);
    expect(onError.mock.lastCall?.[0]).toMatchObject({ message: expect.stringContaining('raw body') });
  });

  it('tells onError why a body was lost midway', async () => {
    const receiver = createReceiver({ secret });
    const onError = vi.fn();
    receiver.onError(onError);
    const cause = new TypeError('terminated');
    const stream = new ReadableStream({ pull: (controller) => controller.error(cause) });
    const init = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;

    expect((await receiver.fetch(new Request('https://example.test', init))).status).toBe(400);
    expect(onError.mock.lastCall?.[0]).toMatchObject({ code: 'DIXA_PAYLOAD', status: 400, cause });
  });

  it('stops reading a body that is over the limit, and cancels it', async () => {
    const pulled = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(1_000)));
    const cancel = vi.fn(() => Promise.reject(new Error('cannot be cancelled')));
    const stream = new ReadableStream({ pull: pulled, cancel }, { highWaterMark: 0 });
    const request = new Request('https://example.test', {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit);

    expect((await createReceiver({ secret, maxBodyBytes: 5_000 }).fetch(request)).status).toBe(413);
    expect(pulled).toHaveBeenCalledTimes(6);
    expect(cancel).toHaveBeenCalledOnce();
  });
});
