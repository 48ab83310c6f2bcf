import { connect, createServer } from 'node:http2';
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
async function begun(headers: Readonly<Record<string, number>> = {}) {
  const { receiver, refused } = makeReceiver();
  const listener = toNodeListener(receiver);
  const arrived = deferred<void>();
  const server = createServer((request, response) => {
    listener(request as unknown as NodeRequest, response as never);
    arrived.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => session.destroy());
  const { headers: signed } = await delivery(text);
  const stream = session.request({ ':method': 'POST', ...signed, ...headers }, { endStream: false });
  return { stream, refused, arrived };
}

describe('over HTTP/2', () => {
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
    });
    request.push(text);
    // As node does: what is in the stream flows as soon as the listener is done.
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        toNodeListener(receiver)(request as unknown as NodeRequest, { destroy() {} } as never);
        resolve();
      });
    });
    await pass(29_999);
    expect(request.destroyed).toBe(false);
    await pass(1);
    expect(await refused.promise).toBeInstanceOf(DixaPayloadError);
    expect(vi.getTimerCount()).toBe(0);
  });
});
