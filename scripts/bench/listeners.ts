import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BuiltFiles, BuiltReceiver } from './built.js';
import { type ExpressRequest, peer } from './peers.js';
import { type Scheme, secret } from './schemes.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The receivers that are put behind node:http, each with one handler for the one event. */
export const listeners: readonly { readonly name: string; readonly scheme: Scheme }[] = [
  { name: 'node:http, hand-written', scheme: 'dixa' },
  { name: 'dixa-webhooks toNodeListener', scheme: 'dixa' },
  { name: '@octokit/webhooks createNodeMiddleware', scheme: 'github' },
  { name: 'Express with stripe', scheme: 'stripe' },
];

/** Makes the listener of a name. */
export async function makeListener(name: string, files: BuiltFiles): Promise<Listener> {
  switch (name) {
    case 'node:http, hand-written':
      return handWritten();
    case 'dixa-webhooks toNodeListener':
      return ours(files);
    case '@octokit/webhooks createNodeMiddleware':
      return octokit();
    case 'Express with stripe':
      return express();
    default:
      throw new Error(`There is no listener called ${name}.`);
  }
}

async function ours(files: BuiltFiles): Promise<Listener> {
  const { createReceiver }: BuiltReceiver = await import(files.node);
  const { toNodeListener }: typeof import('../../src/receiver/node.js') = await import(files.listener);
  const receiver = createReceiver({ secret });
  receiver.on('ConversationCreated', () => {});
  return toNodeListener(receiver);
}

async function octokit(): Promise<Listener> {
  const { Webhooks, createNodeMiddleware } = await peer('@octokit/webhooks');
  const webhooks = new Webhooks({ secret });
  webhooks.on('push', () => {});
  // It would print each body that it is proved to refuse.
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return createNodeMiddleware(webhooks, { path: '/', log });
}

async function express(): Promise<Listener> {
  const { default: makeApp } = await peer('express');
  const { webhooks: stripe } = (await peer('stripe')).default;
  const app = makeApp();
  app.post('/', makeApp.raw({ type: '*/*', limit: '1mb' }), (request: ExpressRequest, response: ServerResponse) => {
    try {
      stripe.constructEvent(request.body, String(request.headers['stripe-signature']), secret);
    } catch {
      return response.writeHead(400).end();
    }
    return response.writeHead(200).end();
  });
  return app;
}

/**
 * What one writes by hand who knows node:http: the same checks, the same status for what Dixa sends, a 200 only once the
 * handler has done its work, and nothing that can be configured.
 */
function handWritten(): Listener {
  const key = createSecretKey(Buffer.from(secret, 'hex'));
  const handlers = new Map<string, (event: object) => unknown>([['CONVERSATION_CREATED', () => {}]]);
  return (request, response) => {
    const answer = (status: number) => response.writeHead(status, { 'content-length': 0 }).end();
    if (request.method !== 'POST') return answer(405);
    const [, t = '', v1 = ''] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(request.headers['x-dixa-signature'])) ?? [];
    if (!v1) return answer(400);
    if (Number(request.headers['content-length']) > 1_048_576) return answer(413);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > 1_048_576) return request.destroy();
      chunks.push(chunk);
    });
    request.on('end', async () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
      const digest = createHmac('sha256', key).update(`${t}.`).update(body).digest();
      if (!timingSafeEqual(digest, Buffer.from(v1, 'hex'))) return answer(401);
      if (Math.abs(Date.now() - Number(t)) > 300_000) return answer(401);
      let event: unknown;
      try {
        event = JSON.parse(body.toString());
      } catch {
        return answer(400);
      }
      if (typeof event !== 'object' || !event || Array.isArray(event)) return answer(400);
      try {
        await handlers.get((event as { event_fqn: string }).event_fqn)?.(event);
      } catch {
        return answer(500);
      }
      return answer(200);
    });
  };
}
