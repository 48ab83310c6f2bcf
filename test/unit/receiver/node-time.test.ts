import type { ServerOptions } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { createReceiver, DixaPayloadError } from '../../../src/receiver/index.js';
import type { NodeRequest } from '../../../src/receiver/node.js';
import { pass, useFakeClock } from '../../support/fake-clock.js';
import { delivery, eventText, secret } from '../../support/receiver-delivery.js';
import { deferred } from '../../support/receiver-made.js';
import { head, open, serve } from '../../support/receiver-server.js';

const text = eventText();
const length = (bytes: number) => `content-length: ${bytes}`;

/** A receiver over HTTP whose time passes only where the test says so, and a connection on which a request has begun. */
async function begun(
  bytes: (signed: Awaited<ReturnType<typeof delivery>>) => string,
  before?: (request: NodeRequest) => void,
  options?: ServerOptions,
) {
  useFakeClock();
  const receiver = createReceiver({ secret });
  const errors: unknown[] = [];
  receiver.onError((error) => errors.push(error));
  const { port, server, listened } = await serve(receiver, before, options);
  const arrived = deferred();
  server.on('request', () => arrived.resolve());
  const connection = await open(port);
  connection.socket.write(bytes(await delivery(text)));
  await arrived.promise;
  return { ...connection, errors, listened, receiver };
}

describe('a sender that stalls', () => {
  it.each([
    ['before its body', 0],
    ['within its body', 20],
  ])('%s has 30 s, and then loses its connection without an answer', async (_, sent) => {
    const {
      text: answer,
      closed,
      errors,
      listened,
    } = await begun((signed) => head(signed, [length(text.length)]) + text.slice(0, sent));
    await pass(29_999);
    expect(errors).toEqual([]);
    await pass(1);
    await closed;
    await Promise.all(listened);

    expect(answer()).toBe('');
    expect(errors).toEqual([expect.any(DixaPayloadError)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['that came with its headers', text.length],
    ['that came after its headers', 20],
  ])('has as long where something holds up its body, %s', async (_, sent) => {
    const { socket, errors, closed, listened } = await begun(
      (signed) => head(signed, [length(text.length)]) + text.slice(0, sent),
      (request) => void request.on('data', () => request.pause()),
    );
    socket.write(text.slice(sent));
    await pass(29_999);
    expect(errors).toEqual([]);
    await pass(1);
    await closed;
    await Promise.all(listened);
    expect(errors).toEqual([expect.any(DixaPayloadError)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('within chunks has as long, though they hold what content-length announces too', async () => {
    const chunk = `${text.length.toString(16)}\r\n${text}\r\n`;
    const { errors, closed } = await begun(
      (signed) => head(signed, [length(text.length), 'transfer-encoding: chunked']) + chunk,
      undefined,
      // The default one refuses such a request.
      { insecureHTTPParser: true },
    );
    await pass(30_000);
    await closed;
    expect(errors).toEqual([expect.any(DixaPayloadError)]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('and then goes on is answered', async () => {
    const { socket, until } = await begun((signed) => head(signed, [length(text.length)]) + text.slice(0, 20));
    await pass(29_000);
    socket.write(text.slice(20));
    await until(/^HTTP\/1.1 200 /);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('within a body that is refused has its answer at once, and 1 s until the connection is closed', async () => {
    const { until, closed, listened, socket } = await begun(() => head({ headers: {} }, [length(1_000)]));
    await until(/^HTTP\/1.1 400 .*connection: close/is);
    const ended = vi.fn();
    socket.on('end', ended);
    await pass(999);
    expect(ended).not.toHaveBeenCalled();
    await pass(1);
    await closed;
    await Promise.all(listened);
    expect(ended).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('within a body that was announced as too large has its answer at once, and 1 s', async () => {
    const { until, closed } = await begun((signed) => `${head(signed, [length(2_000_000)])}abc`);
    await until(/^HTTP\/1.1 413 .*connection: close/is);
    await pass(1_000);
    await closed;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has a handler wait for nothing: once the body is there, no time runs', async () => {
    const done = deferred();
    const handling = deferred();
    const { until, receiver, socket } = await begun((signed) => head(signed, [length(text.length)]));
    receiver.onAny(() => {
      handling.resolve();
      return done.promise;
    });
    socket.write(text);
    await handling.promise;
    await pass(600_000);
    done.resolve();
    await until(/^HTTP\/1.1 200 /);
  });
});
