import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createReceiver } from 'dixa-webhooks/receiver';
import { type SignedDelivery, sampleEvent, signedDelivery } from 'dixa-webhooks/testing';
import { expect, it } from 'vitest';
import { toNodeListener } from '../../src/receiver/node.js';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { secret } from '../support/receiver-delivery.js';
import { examplesFolder } from './program.js';

/** What the tests use of Hono and Fastify, which are dependencies of the examples. */
interface HonoModule {
  readonly Hono: new () => {
    post(path: string, handler: (context: { req: { raw: Request } }) => Promise<Response>): void;
    request(path: string, init: SignedDelivery): Promise<Response>;
  };
}
type FastifyModule = () => {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parse: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): void;
  post(path: string, handler: (request: { raw: never }, reply: { raw: never; hijack(): void }) => unknown): void;
  inject(request: SignedDelivery & { readonly url: string }): Promise<{ readonly statusCode: number }>;
};

describeWhere([examplesInstalled], 'a signed delivery', () => {
  const require = createRequire(join(examplesFolder, 'package.json'));
  const receiver = createReceiver({ secret });
  receiver.onError(() => {});
  const deliveries = async () => [
    await signedDelivery(sampleEvent('ConversationRated'), { secret }),
    await signedDelivery(sampleEvent('ConversationRated'), { secret, spoil: 'tampered' }),
  ];

  it("fits Hono's app.request", async () => {
    const { Hono } = require('hono') as HonoModule;
    const app = new Hono();
    app.post('/dixa', ({ req }) => receiver.fetch(req.raw));

    const responses = (await deliveries()).map((delivery) => app.request('/dixa', delivery));
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 401]);
  });

  it("fits Fastify's inject", async () => {
    const fastify = require('fastify') as FastifyModule;
    const app = fastify();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.post('/dixa', (request, reply) => {
      reply.hijack();
      return toNodeListener(receiver)(request.raw, reply.raw);
    });

    const responses = (await deliveries()).map((delivery) => app.inject({ ...delivery, url: '/dixa' }));
    expect((await Promise.all(responses)).map(({ statusCode }) => statusCode)).toEqual([200, 401]);
  });
});
