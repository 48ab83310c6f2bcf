import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createReceiver, type ReceiverOptions } from '../../../src/receiver/index.js';
import { delivery, eventText, secret } from '../../support/receiver-delivery.js';
import { head, open, serve } from '../../support/receiver-server.js';

const megabyte = 1_048_576;
const block = Buffer.alloc(65_536, 'x');
const chunk = Buffer.concat([Buffer.from(`${block.length.toString(16)}\r\n`), block, Buffer.from('\r\n')]);
const signed = await delivery();

/** Sends a piece again and again, as fast as it goes, until so many bytes were sent or the connection is gone. */
async function pour(socket: Socket, piece: Buffer, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes && socket.writable; sent += piece.length) {
    if (socket.write(piece)) continue;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve).once('close', () => resolve());
    });
  }
}

/** Pours 64 MB into a receiver, and tells what it answered, how much it read, and how much it held at most. */
async function flood(
  start: string,
  piece: Buffer,
  options: Partial<ReceiverOptions> = {},
  onError: () => unknown = () => {},
) {
  const receiver = createReceiver({ secret, ...options });
  receiver.onError(onError);
  const { port, server, listened } = await serve(receiver);
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  const { socket, text, until, closed } = await open(port);
  socket.write(start);
  const poured = pour(socket, piece, 64 * megabyte);
  await until(/\r\n\r\n/);
  await Promise.all([poured, closed, ...listened]);
  return { answer: text(), read: accepted[0]?.bytesRead ?? 0 };
}

describe('64 MB', () => {
  it.each([
    ['announced', head(signed, [`content-length: ${64 * megabyte}`]), block, 413],
    ['in chunks', head(signed, ['transfer-encoding: chunked']), chunk, 413],
    ['without a signature', head({ headers: {} }, ['transfer-encoding: chunked']), chunk, 400],
    ['by another method', head({ ...signed, method: 'PUT' }, ['transfer-encoding: chunked']), chunk, 405],
  ])('%s are answered, and not read to their end', async (_, start, piece, status) => {
    const { answer, read } = await flood(start, piece);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*connection: close`, 'is'));
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
    // 1 MiB that might have been a body, 1 MiB that is drained, and what was under way in buffers.
    expect(read).toBeLessThan(2.5 * megabyte);
  });

  it('are not read on while an error handler takes its time', async () => {
    const takesItsTime = async () => {
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const { read } = await flood(head(signed, ['transfer-encoding: chunked']), chunk, {}, takesItsTime);
    expect(read).toBeLessThan(2.5 * megabyte);
  });

  it('are not read beyond a smaller limit either', async () => {
    const { answer, read } = await flood(head(signed, ['transfer-encoding: chunked']), chunk, { maxBodyBytes: 1_000 });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(read).toBeLessThan(1.5 * megabyte);
  });
});

describe('the largest body', () => {
  it.each([
    [megabyte, 200],
    [megabyte + 1, 413],
  ])('of %i bytes is answered %i, announced or in chunks', async (bytes, status) => {
    const body = eventText().padEnd(bytes);
    const { headers } = await delivery(body);
    const { port } = await serve(createReceiver({ secret }));
    const framed: readonly (readonly [string, string])[] = [
      [`content-length: ${bytes}`, body],
      ['transfer-encoding: chunked', `${bytes.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
    ];
    for (const [header, text] of framed) {
      const { socket, until } = await open(port);
      socket.write(head({ headers }, [header]) + text);
      await until(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });
});
