import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, DixaConfigurationError, DixaPayloadError } from '../../../src/receiver/index.js';
import { type NodeRequest, type NodeResponse, toNodeListener } from '../../../src/receiver/node.js';
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
    ['{}', () => ({})],
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

  it.each([
    ['{}, as Express 4 leaves it that parsed nothing', {}],
    ['the parsed event', JSON.parse(text)],
    ['bytes', Buffer.from('something else')],
    ['a string', 'something else'],
  ])('does not matter while the stream is unread, though it is %s', async (_, body) => {
    const { answer, error } = await behind((request) => Object.assign(request, { body, rawBody: body }));
    expect({ answer, error }).toMatchObject({ answer: { status: 200 }, error: undefined });
  });

  it('that is undefined is nobody’s, and the stream is read', async () => {
    expect((await behind((request) => Object.assign(request, { body: undefined }))).answer.status).toBe(200);
  });
});

describe('request.rawBody', () => {
  it.each([
    ['a Buffer', (raw: string) => Buffer.from(raw)],
    ['bytes of another realm', (raw: string) => runInNewContext(`new Uint8Array([${[...Buffer.from(raw)]}])`)],
    ['an ArrayBuffer', (raw: string) => new TextEncoder().encode(raw).buffer],
    ['a string', (raw: string) => raw],
  ])('is taken before body if the stream was read and it is %s', async (_, keep) => {
    const answered = await behind(async (request) => {
      await parser(JSON.parse)(request);
      Object.assign(request, { rawBody: keep(text) });
    });
    expect(answered).toMatchObject({ answer: { status: 200 }, error: undefined });
  });

  it('is passed over if it is an object', async () => {
    const answered = await behind(async (request) => {
      await parser((raw) => raw)(request);
      Object.assign(request, { rawBody: {} });
    });
    expect(answered).toMatchObject({ answer: { status: 200 }, error: undefined });
  });

  it.each(['rawBody', 'body'])('%s that throws is a configuration error that says what to do', async (name) => {
    const cause = new SyntaxError('Invalid JSON');
    const { answer, error } = await behind(async (request) => {
      await Readable.prototype.toArray.call(request);
      Object.defineProperty(request, name, {
        get() {
          throw cause;
        },
      });
    });
    expect(answer).toMatchObject({ status: 500, body: '' });
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error).toMatchObject({ cause, message: expect.stringMatching(new RegExp(`request.${name} .*raw body`)) });
  });

  it.each(['rawBody', 'body'])(
    '%s is not looked at while the stream is unread: it may be a lazy parser',
    async (name) => {
      const get = vi.fn();
      const { answer } = await behind((request) => Object.defineProperty(request, name, { get }));
      expect(answer.status).toBe(200);
      expect(get).not.toHaveBeenCalled();
    },
  );
});

describe('what emulates a request of Node', () => {
  const { headers } = sent;
  /** Calls the listener with an emulated request, and returns the status. */
  async function statusOf(request: object): Promise<unknown> {
    const writeHead = vi.fn();
    const receiver = createReceiver({ secret });
    receiver.onError(() => {});
    await toNodeListener(receiver)(request as NodeRequest, { writeHead, end() {} } as unknown as NodeResponse);
    return writeHead.mock.lastCall?.[0];
  }
  const emulated = (chunks: readonly string[], more: object = {}) =>
    Object.assign(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), { method: 'POST', headers, ...more });

  it.each([
    ['read, though no header announces a body', emulated([text]), 200],
    ['replaced by rawBody if it is empty', emulated([], { rawBody: text, body: {} }), 200],
    ['replaced by body if it is empty', emulated([], { body: Buffer.from(text) }), 200],
    ['an empty body if nothing was kept', emulated([], { body: {} }), 401],
  ])('has its unread stream %s', async (_, request, status) => {
    expect(await statusOf(request)).toBe(status);
  });

  it('may be no stream at all', async () => {
    const mock = { method: 'POST', headers: { ...headers, 'content-length': `${text.length}` } };
    expect(await statusOf({ ...mock, body: text })).toBe(200);
    expect(await statusOf({ ...mock, body: JSON.parse(text) })).toBe(500);
    expect(await statusOf(mock)).toBe(500);
  });

  it('may replay a stream that it has read', async () => {
    const request = emulated([]);
    await request.toArray();
    const replay = new PassThrough();
    replay.end(text);
    expect(await statusOf(Object.assign(request, { read: () => replay.read(), body: JSON.parse(text) }))).toBe(200);
  });

  it('may fail with an error event', async () => {
    const request = Object.assign(new Readable({ read() {} }), { method: 'POST', headers });
    setImmediate(() => request.destroy(new Error('The tunnel collapsed.')));
    expect(await statusOf(request)).toBe(400);
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
