import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, DixaConfigurationError, DixaPayloadError } from '../../../src/receiver/index.js';
import { type NodeRequest, toNodeListener } from '../../../src/receiver/node.js';
import { delivery, eventText, otherSecret, type Sent, secret } from '../../support/receiver-delivery.js';
import { deferred } from '../../support/receiver-made.js';
import { close, head, open, post, serve } from '../../support/receiver-server.js';

const text = eventText({ organization: { name: 'Åse 🐙' } });
const sent = await delivery(text);

/** Serves as a framework does that did this to the request, and posts a delivery. */
async function behind(before: (request: NodeRequest) => unknown, posted: Sent = sent) {
  const receiver = createReceiver({ secret });
  const onError = vi.fn();
  receiver.onError(onError);
  const { port } = await serve(receiver, before);
  const answer = await post(port, posted);
  return { answer, error: onError.mock.lastCall?.[0] };
}

/** Sets `body` to what becomes of the body, as the parsers of Express do. */
const parser = (parse: (text: string) => unknown) => async (request: NodeRequest) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  Object.assign(request, { body: parse(Buffer.concat(chunks).toString()) });
};

describe('request.body', () => {
  it.each([
    ['a Buffer', (raw: string) => Buffer.from(raw)],
    ['bytes', (raw: string) => new TextEncoder().encode(raw)],
    ['a string', (raw: string) => raw],
  ])('is taken where it is %s', async (_, parse) => {
    expect(await behind(parser(parse))).toMatchObject({ answer: { status: 200 }, error: undefined });
  });

  it.each([
    ['the parsed event', (raw: string) => JSON.parse(raw)],
    ['{}, as an express.json() leaves it that did not parse', () => ({})],
    ['null', () => null],
    ['a number', () => 5],
  ])('is refused at once with 500 where it is %s', async (_, parse) => {
    const { answer, error } = await behind(parser(parse));
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('raw body');
  });

  it('does not matter where nothing was sent: a forger is told no more than others', async () => {
    const forged = await delivery('', { secret: otherSecret });
    const { answer, error } = await behind((request) => Object.assign(request, { body: {} }), forged);
    expect(answer.status).toBe(401);
    expect(error).toMatchObject({ reason: 'signature-mismatch' });

    const { port } = await serve(createReceiver({ secret }), (request) => Object.assign(request, { body: {} }));
    const { socket, until } = await open(port);
    socket.write(head(forged, []));
    await until(/^HTTP\/1.1 401 /);
  });

  it('that is over the limit is refused with 413', async () => {
    const large = await delivery('x'.repeat(2_000_000));
    expect(
      (
        await behind(
          parser((raw) => raw),
          large,
        )
      ).answer.status,
    ).toBe(413);
  });

  it('does not matter where the signature is missing', async () => {
    expect((await behind(parser(JSON.parse), { ...sent, headers: {} })).answer.status).toBe(400);
  });

  it('that is undefined is nobody’s, and the stream is read', async () => {
    expect((await behind((request) => Object.assign(request, { body: undefined }))).answer.status).toBe(200);
  });
});

describe('a stream', () => {
  it.each<[string, (request: NodeRequest) => unknown]>([
    ['that was read to its end', (request) => Readable.prototype.toArray.call(request)],
    [
      'of which a part was read',
      (request) => new Promise((resolve) => request.once('data', () => resolve(request.pause()))),
    ],
  ])('%s is refused at once with 500', async (_, before) => {
    const { answer, error } = await behind(before);
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('raw body');
  });

  it('that something decodes is refused at once with 500', async () => {
    const { answer, error } = await behind((request) => request.setEncoding('utf8'));
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('The body was decoded');
  });

  it('that something paused is read', async () => {
    expect((await behind((request) => request.pause())).answer.status).toBe(200);
  });

  it('that nobody began to read may wait a while', async () => {
    expect((await behind(() => new Promise((resolve) => setImmediate(resolve)))).answer.status).toBe(200);
  });

  it('of a request whose sender has gone in the meantime is given up at once', async () => {
    const receiver = createReceiver({ secret });
    const errors: unknown[] = [];
    receiver.onError((error) => errors.push(error));
    const { port, listened } = await serve(
      receiver,
      (request) => new Promise((resolve) => request.once('close', resolve)),
    );
    const { socket, closed } = await open(port);
    socket.end(head(sent, ['content-length: 1000']));
    await closed;

    await vi.waitFor(() => expect(listened).toHaveLength(1), { interval: 1 });
    await Promise.all(listened);
    expect(errors).toEqual([expect.any(DixaPayloadError)]);
  });
});

it('a request that is destroyed while it is read is given up', async () => {
  const receiver = createReceiver({ secret });
  const refused = deferred<unknown>();
  receiver.onError((error) => refused.resolve(error));
  const listener = toNodeListener(receiver);
  const server = createServer((request, response) => {
    // By then the body is here, and nobody has read it.
    setImmediate(() => {
      listener(request, response);
      request.destroy(new Error('Another listener had enough.'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  const { socket } = await open((server.address() as AddressInfo).port);
  socket.write(
    head(sent, [`content-length: ${Buffer.byteLength(text)}`]) + Buffer.from(text).toString('latin1'),
    'latin1',
  );
  expect(await refused.promise).toBeInstanceOf(DixaPayloadError);
});

describe('a body in chunks', () => {
  const chunked = (parts: readonly (string | Uint8Array)[]) =>
    Buffer.concat(
      parts.flatMap((part) => {
        const bytes = Buffer.from(part as string);
        return [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')];
      }),
    );

  it.each([1, 7, 64, 1_000])('of %i bytes is put together', async (size) => {
    const receiver = createReceiver({ secret });
    const bodies: Uint8Array[] = [];
    receiver.onAny((_, { rawBody }) => bodies.push(rawBody));
    const { port } = await serve(receiver);
    const { socket, until } = await open(port);
    const bytes = Buffer.from(text);
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );

    socket.write(head(sent, ['transfer-encoding: chunked']));
    for (const part of parts) socket.write(chunked([part]));
    socket.write('0\r\n\r\n');

    await until(/^HTTP\/1.1 200 /);
    expect(bodies.map((body) => Buffer.from(body).toString())).toEqual([text]);
  });

  it('is not trusted to be short: it is refused when it grows over the limit', async () => {
    const receiver = createReceiver({ secret, maxBodyBytes: 100 });
    const { port } = await serve(receiver);
    const { socket, until, closed } = await open(port);
    socket.write(head(sent, ['transfer-encoding: chunked']));
    socket.write(chunked(['x'.repeat(101)]));

    await until(/^HTTP\/1.1 413 .*connection: close/is);
    socket.write('0\r\n\r\n');
    await closed;
  });
});
