import type { RequestListener, ServerResponse } from 'node:http';
import { fetchByHand, listenerByHand } from './by-hand.js';
import { type Scheme, secret } from './deliveries.js';
import { peer } from './work.js';

/** A receiver behind node:http, with one handler for the one event, and how its deliveries are signed. */
interface NodeListener {
  readonly scheme: Scheme;
  readonly make: () => Promise<RequestListener>;
}

export const nodeListeners: Readonly<Record<string, NodeListener>> = {
  'dixa-webhooks': {
    scheme: 'dixa',
    async make() {
      const { createReceiver } = await import('dixa-webhooks/receiver');
      const { toNodeListener } = await import('dixa-webhooks/receiver/node');
      const receiver = createReceiver({ secret });
      receiver.on('ConversationCreated', () => {});
      return toNodeListener(receiver);
    },
  },
  'node:http by hand': { scheme: 'dixa', make: async () => listenerByHand(secret) },
  'Hono by hand': {
    scheme: 'dixa',
    async make() {
      const { Hono } = await peer('hono');
      const receive = fetchByHand(secret);
      const app = new Hono().post('/', (context: { req: { raw: Request } }) => receive(context.req.raw));
      return (await peer('@hono/node-server')).getRequestListener(app.fetch);
    },
  },
  '@octokit/webhooks': {
    scheme: 'github',
    async make() {
      const { Webhooks, createNodeMiddleware } = await peer('@octokit/webhooks');
      const webhooks = new Webhooks({ secret });
      webhooks.on('push', () => {});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      return createNodeMiddleware(webhooks, { path: '/', log });
    },
  },
  'Express with stripe': {
    scheme: 'stripe',
    async make() {
      const { default: express } = await peer('express');
      const { webhooks } = (await peer('stripe')).default;
      type Raw = { readonly body: Buffer; readonly headers: Record<string, string> };
      const receive = ({ body, headers }: Raw, response: ServerResponse) => {
        try {
          webhooks.constructEvent(body, headers['stripe-signature'], secret);
          response.writeHead(200).end();
        } catch {
          response.writeHead(400).end();
        }
      };
      return express().post('/', express.raw({ type: '*/*', limit: '1mb' }), receive);
    },
  },
};
