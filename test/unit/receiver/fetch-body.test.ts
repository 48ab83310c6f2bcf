import { describe, expect, it, vi } from 'vitest';
import { createReceiver } from '../../../src/receiver/index.js';
import { delivery, secret } from '../../support/receiver-delivery.js';

const { body, headers } = await delivery();
const length = `${body.length}`;
const url = 'https://example.test';

/** A Request with these headers also, as the server of a platform makes it. */
const requestOf = (more: Readonly<Record<string, string>>, sent: BodyInit = body as string) =>
  new Request(url, { method: 'POST', headers: { ...headers, ...more }, body: sent, duplex: 'half' } as RequestInit);

function receiverOf(options: { readonly maxBodyBytes?: number } = {}) {
  const receiver = createReceiver({ secret, ...options });
  const onError = vi.fn();
  receiver.onError(onError);
  return { fetch: receiver.fetch, lastError: () => onError.mock.lastCall?.[0] };
}

/** Notes how a Request is read. */
function watched(request: Request) {
  const stream = vi.spyOn(request, 'body', 'get');
  const whole = vi.spyOn(request, 'arrayBuffer');
  return { request, stream, whole };
}

describe('a Request that announces a length within the limit', () => {
  it.each(['0', length, '9'])('is read in one call, and no stream is made of it: %s', async (announced) => {
    const { request, stream, whole } = watched(requestOf({ 'content-length': announced }));

    expect((await receiverOf().fetch(request)).status).toBe(200);
    expect(whole).toHaveBeenCalledOnce();
    expect(stream).not.toHaveBeenCalled();
  });

  it('is answered 413 if it is longer than both', async () => {
    const { fetch, lastError } = receiverOf({ maxBodyBytes: 9 });
    expect((await fetch(requestOf({ 'content-length': '9' }))).status).toBe(413);
    expect(lastError()).toMatchObject({ code: 'DIXA_PAYLOAD', message: expect.stringContaining('maxBodyBytes') });
  });

  it('is answered 500 if its body was read, and onError is called with the fix', async () => {
    const { fetch, lastError } = receiverOf();
    const request = requestOf({ 'content-length': length });
    await request.text();

    expect((await fetch(request)).status).toBe(500);
    expect(lastError()).toMatchObject({ code: 'DIXA_CONFIGURATION', message: expect.stringContaining('raw body') });
  });

  it('is answered 500 if its body is locked, and onError is called with the fix', async () => {
    const { fetch, lastError } = receiverOf();
    const request = requestOf({ 'content-length': length });
    request.body?.getReader();

    expect((await fetch(request)).status).toBe(500);
    expect(lastError()).toMatchObject({ code: 'DIXA_CONFIGURATION', message: expect.stringContaining('raw body') });
  });

  it('is answered 400 if its body was lost midway, and onError is called with the cause', async () => {
    const { fetch, lastError } = receiverOf();
    const cause = new TypeError('terminated');
    const stream = new ReadableStream({ pull: (controller) => controller.error(cause) });

    expect((await fetch(requestOf({ 'content-length': length }, stream))).status).toBe(400);
    expect(lastError()).toMatchObject({ code: 'DIXA_PAYLOAD', status: 400, cause });
  });
});

describe('a Request whose length does not say where its body ends', () => {
  const unframed: Record<string, Readonly<Record<string, string>>> = {
    'none is announced': {},
    'the announced one is empty': { 'content-length': '' },
    'the announced one is negative': { 'content-length': '-1' },
    'the announced one is no plain number': { 'content-length': '1e1' },
    'two are announced': { 'content-length': '9, 9' },
    'the body is compressed': { 'content-length': '9', 'content-encoding': 'gzip' },
    'the body comes in chunks': { 'content-length': '9', 'transfer-encoding': 'chunked' },
  };

  it.each(Object.entries(unframed))('is read as a stream: %s', async (_, more) => {
    const { request, whole } = watched(requestOf(more));

    expect((await receiverOf().fetch(request)).status).toBe(200);
    expect(whole).not.toHaveBeenCalled();
  });

  it.each(Object.entries(unframed))('is read up to the limit and no further: %s', async (_, more) => {
    const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(1_000)));
    const stream = new ReadableStream({ pull }, { highWaterMark: 0 });

    expect((await receiverOf({ maxBodyBytes: 5_000 }).fetch(requestOf(more, stream))).status).toBe(413);
    expect(pull).toHaveBeenCalledTimes(6);
  });
});

describe('a Request that announces a length over the limit', () => {
  it('is answered 413, and its body is not read', async () => {
    const request = requestOf({ 'content-length': length });
    expect((await receiverOf({ maxBodyBytes: body.length - 1 }).fetch(request)).status).toBe(413);
    expect(request.bodyUsed).toBe(false);
  });
});
