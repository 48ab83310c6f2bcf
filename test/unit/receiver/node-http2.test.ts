import { once } from 'node:events';
import {
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, DixaPayloadError } from '../../../src/receiver/index.js';
import { type NodeRequest, toNodeListener } from '../../../src/receiver/node.js';
import { pass, useFakeClock } from '../../support/fake-clock.js';
import { delivery, eventText, secret } from '../../support/receiver-delivery.js';
import { deferred } from '../../support/receiver-made.js';

const text = eventText();
const length = Buffer.byteLength(text);

/** A receiver whose time passes only where the test says so. */
function makeReceiver() {
  useFakeClock();
  const receiver = createReceiver({ secret });
  const refused = deferred<unknown>();
  receiver.onError((error) => refused.resolve(error));
  return { receiver, refused };
}

/** Begins a delivery over real HTTP/2, with these headers beside the signature. */
async function begun(headers: OutgoingHttpHeaders = {}) {
  const { receiver, refused } = makeReceiver();
  const listener = toNodeListener(receiver);
  const arrived = deferred<void>();
  const listened: Promise<void>[] = [];
  const server = createServer((request, response) => {
    listened.push(listener(request, response));
    arrived.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => session.destroy());
  const { headers: signed } = await delivery(text);
  const stream = session.request({ ':method': 'POST', ...signed, ...headers }, { endStream: false });
  return { stream, refused, arrived, listened };
}

describe('over HTTP/2', () => {
  // The first test, because Node warns once per process.
  it('writes no connection header, of which Node would warn', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const { request } = await session();
    expect(await request({}, text)).toMatchObject({ ':status': 400 });
    const { headers } = await delivery(text);
    expect(await request({ ...headers, 'content-length': 2_000_000 }, 'x', false)).toMatchObject({ ':status': 413 });
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it.each([
    ['with', { 'content-length': length }],
    ['without', {}],
  ])('a delivery %s content-length is handled', async (_, headers) => {
    const { stream } = await begun(headers);
    const status = new Promise((resolve) => stream.on('response', (answer) => resolve(answer[':status'])));
    stream.end(text);
    expect(await status).toBe(200);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a sender that keeps back the end of a whole body has 30 s, and then loses its stream', async () => {
    const { stream, refused, arrived } = await begun({ 'content-length': length });
    const closed = new Promise((resolve) => stream.on('error', () => {}).on('close', resolve));
    stream.write(text);
    await arrived.promise;
    await pass(30_000);
    expect(await refused.promise).toBeInstanceOf(DixaPayloadError);
    await closed;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('it has no longer where the whole body came with its headers', async () => {
    const { receiver, refused } = makeReceiver();
    const { headers } = await delivery(text);
    const request = Object.assign(new Readable({ read() {} }), {
      method: 'POST',
      headers: { ...headers, 'content-length': `${length}` },
      httpVersionMajor: 2,
      complete: false,
    });
    request.push(text);
    // As node does: what is in the stream flows as soon as the listener is done.
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        toNodeListener(receiver)(request as unknown as NodeRequest, { writeHead() {}, destroy() {} } as never);
        resolve();
      });
    });
    await pass(29_999);
    expect(request.destroyed).toBe(false);
    await pass(1);
    expect(await refused.promise).toBeInstanceOf(DixaPayloadError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['within its body', { 'content-length': length }, text.slice(0, 20)],
    ['within a body that is refused', { 'x-dixa-signature': '' }, 'x'],
    ['before its body', { 'content-length': length }, ''],
  ])('a sender that resets its stream %s does no harm', async (_, headers, body) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { stream, arrived, listened } = await begun(headers);
    stream.on('error', () => {});
    if (body) stream.write(body);
    await arrived.promise;
    stream.close(constants.NGHTTP2_CANCEL);
    await Promise.all(listened);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  it.each([
    [400, {}],
    [413, { 'content-length': 2_000_000 }],
  ])('closes each stream that it refuses with %i, and goes on with the session', async (status, refused) => {
    const { request, openStreams } = await session();
    const { headers } = await delivery(text);
    for (let round = 0; round < 4; round += 1) {
      // Each leaves its stream open, and has sent more than the window of the session would hold unread.
      const all = Array.from({ length: 50 }, () =>
        request(status === 413 ? { ...headers, ...refused } : {}, 'x'.repeat(2_000), false),
      );
      expect((await Promise.all(all)).map((answer) => answer[':status'])).toEqual(Array(50).fill(status));
    }
    await vi.waitFor(() => expect(openStreams()).toBe(0), { interval: 1 });
    expect(await request(headers, text)).toMatchObject({ ':status': 200 });
  });
});

/** A session with a server that is nothing but the listener. */
async function session() {
  const streams = new Set<ServerHttp2Stream>();
  const server = createServer(toNodeListener(createReceiver({ secret })));
  server.on('stream', (stream) => {
    streams.add(stream);
    stream.on('close', () => streams.delete(stream));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => client.destroy());
  return {
    openStreams: () => streams.size,
    /** Posts a body, or only the beginning of one. */
    async request(headers: OutgoingHttpHeaders, body = '', ends = true): Promise<IncomingHttpHeaders> {
      const stream = client.request({ ':method': 'POST', ...headers }, { endStream: false });
      stream.on('error', () => {});
      if (ends) stream.end(body);
      else stream.write(body);
      const [answer] = await once(stream, 'response');
      return answer;
    },
  };
}
