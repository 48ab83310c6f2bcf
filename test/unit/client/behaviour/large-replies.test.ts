import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDixaWebhooks, DixaResponseError } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { type Answer, apiKey, fakeDixa, newSubscription } from '../../../support/fake-dixa.js';

const MiB = 2 ** 20;
const spaces = new Uint8Array(MiB).fill(32);

/** A body of so many MiB of white space, and how much of it was read. */
function endless(status: number, mebibytes: number) {
  const read = { mebibytes: 0, isCancelled: false };
  const answer: Answer = () =>
    new Response(
      new ReadableStream(
        {
          pull(controller) {
            if (read.mebibytes === mebibytes) return controller.close();
            read.mebibytes += 1;
            controller.enqueue(spaces);
          },
          cancel() {
            read.isCancelled = true;
          },
        },
        { highWaterMark: 0 },
      ),
      { status },
    );
  return { answer, read };
}

const reading = ways.filter(({ method }) => method !== 'DELETE');

describe('a success over 64 MiB', () => {
  it.each(reading)('is refused by $name while it is read, and not retried', async ({ call }) => {
    const { answer, read } = endless(200, 200);
    const { dixa, sent } = fakeDixa([answer]);
    await expect(call(dixa)).rejects.toMatchObject({ name: 'DixaResponseError', status: 200, attempts: 1 });
    expect(read).toEqual({ mebibytes: 65, isCancelled: true });
    expect(sent).toHaveLength(1);
  });

  it('leaves it unknown whether a POST was processed', async () => {
    const { dixa } = fakeDixa([endless(201, 65).answer]);
    await expect(dixa.create(newSubscription)).rejects.toMatchObject({ outcome: 'unknown', status: 201 });
  });

  it('is refused after it was read if a custom fetch gives no stream', async () => {
    const text = async () => ' '.repeat(64 * MiB + 1);
    const reply = { status: 200, headers: new Headers(), text } as Response;
    const error = await fakeDixa([() => reply])
      .dixa.list()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(`${error}`).toContain('64 MiB');
  });

  it('is refused by its decompressed size', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(65 * MiB, ' ')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const dixa = createDixaWebhooks({ apiKey, baseUrl: `http://127.0.0.1:${port}` });
    await expect(dixa.list()).rejects.toBeInstanceOf(DixaResponseError);
  });

  it('is accepted with exactly 64 MiB', async () => {
    const json = '{"data":[]}';
    const parts = [new TextEncoder().encode(json), new Uint8Array(64 * MiB - json.length).fill(32)];
    const { dixa } = fakeDixa([() => new Response(new Blob(parts))]);
    expect(await dixa.list()).toEqual([]);
  });
});

describe('an error over 1 MiB', () => {
  it.each(ways)('is cut off by $name', async ({ call }) => {
    const { answer, read } = endless(418, 200);
    expect(await call(fakeDixa([answer]).dixa)).toBe(418);
    expect(read).toEqual({ mebibytes: 2, isCancelled: true });
  });

  it.each([
    ['with a stream', () => new Response('x'.repeat(3 * MiB), { status: 400 })],
    ['without', () => ({ status: 400, headers: new Headers(), text: async () => 'x'.repeat(3 * MiB) }) as Response],
  ])('has the first MiB as its body: %s', async (_, answer) => {
    const error = await fakeDixa([answer])
      .dixa.list()
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'DixaBadRequestError', body: 'x'.repeat(MiB) });
  });
});

it('characters that are split between chunks are decoded', async () => {
  const bytes = new TextEncoder().encode('{"data":[{"name":"Søren 🎉"}]}');
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const body = () =>
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
  expect(await fakeDixa([() => new Response(body())]).dixa.list()).toEqual([{ name: 'Søren 🎉' }]);
});
