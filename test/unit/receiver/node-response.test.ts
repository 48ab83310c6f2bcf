import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver, DixaConfigurationError } from '../../../src/receiver/index.js';
import { toNodeListener } from '../../../src/receiver/node.js';
import { delivery, rejection, type Sent, secret, thrown } from '../../support/receiver-delivery.js';
import { printed } from '../../support/receiver-made.js';
import { close, head, open, post } from '../../support/receiver-server.js';

const sent = await delivery();
afterEach(() => void vi.restoreAllMocks());

/** Serves a receiver with responses that something has changed. */
async function serve(change: (response: ServerResponse) => void) {
  const receiver = createReceiver({ secret });
  const handler = vi.fn();
  receiver.onAny(handler);
  receiver.onError(() => {});
  const listener = toNodeListener(receiver);
  const listened: Promise<void>[] = [];
  const server = createServer((request, response) => {
    change(response);
    listened.push(listener(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return { port: (server.address() as AddressInfo).port, handler, listened };
}

const methods = ['writeHead', 'flushHeaders', 'end'] as const;
type Change = (response: ServerResponse, name: (typeof methods)[number]) => void;

const returnNothing: Change = (response, name) => {
  const original = response[name] as (...args: unknown[]) => unknown;
  Object.assign(response, { [name]: (...args: unknown[]) => void Reflect.apply(original, response, args) });
};
const throwAnError: Change = (response, name) => {
  Object.assign(response, {
    [name]() {
      throw new Error('The wrapper is broken.');
    },
  });
};

/** Whole, and refused before its body. */
const deliveries: readonly (readonly [string, number, Sent])[] = [
  ['a genuine delivery', 200, sent],
  ['a delivery that is too large', 413, { ...sent, headers: { ...sent.headers, 'content-length': '2000000' } }],
];

it.each(deliveries)(
  '%s is answered %i by a response whose methods return nothing',
  async (_, status, { body, headers }) => {
    const { port, listened } = await serve((response) => {
      for (const name of methods) returnNothing(response, name);
    });
    const { socket, until } = await open(port);
    const length = headers['content-length'] ? [] : [`content-length: ${body.length}`];
    socket.write(head({ headers }, length) + body);
    await until(new RegExp(`^HTTP/1.1 ${status} `));
    socket.end();
    await Promise.all(listened);
  },
);

it.each(methods)('a response whose %s throws is destroyed, and the listener does not reject', async (name) => {
  const error = printed();
  const [, , { body, headers }] = deliveries[name === 'flushHeaders' ? 1 : 0] ?? expect.fail('no delivery');
  const { port, listened } = await serve((response) => throwAnError(response, name));
  const { socket, closed } = await open(port);
  const length = headers['content-length'] ? [] : [`content-length: ${body.length}`];
  socket.write(head({ headers }, length) + body);
  await closed;
  await Promise.all(listened);
  expect(error).toHaveBeenCalledExactlyOnceWith(
    'dixa-webhooks: the response could not be sent: The wrapper is broken.',
  );
});

it('a response that a framework has sent is left alone', async () => {
  const { port, handler, listened } = await serve((response) => response.writeHead(504).end());
  expect((await post(port, sent)).status).toBe(504);
  await Promise.all(listened);
  expect(handler).toHaveBeenCalledOnce();
});

it.each([
  ['nothing', []],
  ['a context and next, as Koa calls it', [{ headers: {} }, () => {}]],
  ['an event and a context, as Lambda calls it', [{ headers: {}, body: '' }, { awsRequestId: '' }]],
  [
    'a request and reply of Fastify',
    [
      { headers: {}, raw: {} },
      { raw: {}, send() {} },
    ],
  ],
])('called with %s, it rejects, so that nobody takes it for a success', async (_, args) => {
  const listener = toNodeListener(createReceiver({ secret })) as (...args: unknown[]) => Promise<void>;
  const error = await rejection(listener(...args));
  expect(error).toBeInstanceOf(DixaConfigurationError);
  expect(error.message).toMatch(/ctx.req.*request.raw/);
});

it.each([undefined, {}, createReceiver({ secret }).fetch])('a listener of %o is refused when it is made', (garbage) => {
  const error = thrown(() => toNodeListener(garbage as never));
  expect(error).toBeInstanceOf(DixaConfigurationError);
  expect(error.message).toContain('toNodeListener(createReceiver(');
});
