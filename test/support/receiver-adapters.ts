import type { Receiver } from '../../src/receiver/index.js';
import type { Sent } from './receiver-delivery.js';
import { type Answer, post, serve } from './receiver-server.js';

/** A way into a receiver. */
export interface Adapter {
  readonly name: string;
  readonly send: (receiver: Receiver, sent: Sent) => Promise<Answer>;
}

/** All ways in: what is true of the receiver is true of each. */
export const adapters: readonly Adapter[] = [
  {
    name: 'receive()',
    async send(receiver, sent) {
      const { status, headers } = await receiver.receive(sent);
      return { status, headers, body: '' };
    },
  },
  {
    name: 'receiver.fetch',
    async send({ fetch }, { method = 'POST', headers, body }) {
      const reply = await fetch(new Request('https://example.test/dixa', { method, headers, body: body as BodyInit }));
      return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
    },
  },
  {
    name: 'toNodeListener over HTTP',
    async send(receiver, sent) {
      const { port } = await serve(receiver);
      return post(port, sent);
    },
  },
];
