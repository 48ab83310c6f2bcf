import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createReceiver } from '../../src/receiver/index.js';
import { type NodeRequest, toNodeListener } from '../../src/receiver/node.js';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { delivery, eventText, otherSecret, type Sent, secret } from '../support/receiver-delivery.js';
import { close, post } from '../support/receiver-server.js';
import { examplesFolder } from './program.js';

type Lambda = (event: unknown, context: unknown) => Promise<{ statusCode: number; headers?: Record<string, unknown> }>;
type Next = () => void;
type Middleware = (request: NodeRequest, response: ServerResponse, next: Next) => unknown;
interface Express {
  (): RequestListener & { use(middleware: Middleware): void; post(path: string, listener: unknown): void };
  json(options?: object): Middleware;
}

const require = createRequire(join(examplesFolder, 'package.json'));
const load = <Package>(name: string) => require(name) as Package;

const sent = await delivery(eventText({ organization: { name: 'Åse 🐙' } }));
const deliveries: readonly (readonly [string, number, Sent])[] = [
  ['a genuine delivery', 200, sent],
  ['a forged delivery', 401, await delivery(eventText(), { secret: otherSecret })],
  ['a forged delivery without a body', 401, await delivery('', { secret: otherSecret })],
  ['a delivery without a signature', 400, { ...sent, headers: {} }],
];

function made() {
  const receiver = createReceiver({ secret });
  const handler = vi.fn();
  const onError = vi.fn();
  receiver.onAny(handler);
  receiver.onError(onError);
  return { listener: toNodeListener(receiver), handler, onError };
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return (server.address() as AddressInfo).port;
}

describeWhere([examplesInstalled], 'toNodeListener', () => {
  const adapters: Record<string, (listener: unknown) => Lambda> = {
    'serverless-http': (listener) => load<(app: unknown) => Lambda>('serverless-http')(listener),
    '@codegenie/serverless-express': (app) =>
      load<(options: object) => Lambda>('@codegenie/serverless-express')({ app }),
  };

  describe.each(Object.entries(adapters))('on Lambda with %s', (_, adapt) => {
    it.each(deliveries)('responds to %s with %i', async (_name, status, { body, headers }) => {
      const { listener, handler } = made();
      const event = {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/dixa',
        rawQueryString: '',
        headers: { host: 'example.test', ...headers },
        requestContext: { http: { method: 'POST', path: '/dixa', sourceIp: '127.0.0.1' }, stage: '$default' },
        ...(body && { body: Buffer.from(body as string).toString('base64') }),
        isBase64Encoded: true,
      };
      expect(await adapt(listener)(event, {})).toMatchObject({ statusCode: status });
      expect(handler).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
    });
  });

  it.each(deliveries)('behind middleware of on-headers responds to %s with %i', async (_, status, delivered) => {
    const onHeaders = load<(response: ServerResponse, listener: (this: ServerResponse) => void) => void>('on-headers');
    const { listener } = made();
    const port = await serve((request, response) => {
      onHeaders(response, function () {
        this.setHeader('x-added', 'yes');
      });
      listener(request, response);
    });
    expect(await post(port, delivered)).toMatchObject({ status, headers: { 'x-added': 'yes', 'content-length': '0' } });
  });

  describe.each(['express', 'express4'])('on %s', (name) => {
    let express: Express;
    // Not sooner: the callback also runs where the tests are skipped, because the packages are missing.
    beforeAll(() => {
      express = load(name);
    });
    const keepRawBody = (request: IncomingMessage, _response: unknown, rawBody: Buffer) =>
      void Object.assign(request, { rawBody });

    it.each(deliveries)(
      'responds to %s with %i behind a parser that skipped the body',
      async (_, status, delivered) => {
        const app = express();
        app.use(express.json({ type: 'text/plain' }));
        app.post('/', made().listener);
        expect((await post(await serve(app), delivered)).status).toBe(status);
      },
    );

    it.each(deliveries)('responds to %s with %i behind a parser that keeps rawBody', async (_, status, delivered) => {
      const app = express();
      app.use(express.json({ verify: keepRawBody }));
      app.post('/', made().listener);
      expect((await post(await serve(app), delivered)).status).toBe(status);
    });

    it('responds with 500 behind a parser that does not keep the raw body, and says why', async () => {
      const { listener, onError } = made();
      const app = express();
      app.use(express.json());
      app.post('/', listener);
      expect((await post(await serve(app), sent)).status).toBe(500);
      expect(onError.mock.lastCall?.[0]).toMatchObject({
        code: 'DIXA_CONFIGURATION',
        message: expect.stringMatching(/parsed.*raw body/),
      });
    });
  });
});
