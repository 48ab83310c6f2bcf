import { randomUUID } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import type { DedupeStore, Receiver } from 'dixa-webhooks/receiver';
import { fetchByHand, listenerByHand, verifierByHand } from './by-hand.js';
import { bodyOf, forged, secret, signed } from './deliveries.js';
import type { Task, Work } from './harness.js';

/** Verifies the bytes of a body. Throws, rejects or returns false if the signature is invalid. */
type Judge = (bytes: Buffer) => unknown;
type Headers = ReturnType<typeof signed>;

/** From the bytes of a body to a verified event. Those that call handlers have one. */
export const receivers: Readonly<Record<string, (headers: Headers) => Judge | Promise<Judge>>> = {
  'dixa-webhooks': async (headers) => judgeOf(await makeReceiver(), headers),
  'dixa-webhooks with memoryDedupe': async (headers) => {
    const store = (await import('dixa-webhooks/receiver')).memoryDedupe();
    // A full store, as after a busy day: each new event evicts the oldest.
    for (let count = 0; count < 10_000; count += 1) {
      const key = randomUUID();
      const { token = '' } = await store.claim(key, { leaseMs: 60_000 });
      await store.commit(key, token, { keepMs: 86_400_000 });
    }
    let handled = 0;
    let fresh = '';
    const asNew: DedupeStore = {
      // Makes each event a new one, although the signed bytes are the same.
      claim: (key, options) => {
        handled += 1;
        fresh = `${key}${handled}`;
        return store.claim(fresh, options);
      },
      commit: (_, token, options) => store.commit(fresh, token, options),
      release: (_, token) => store.release(fresh, token),
    };
    return judgeOf(await makeReceiver(asNew), headers);
  },
  'createHmac + JSON.parse': (headers) => {
    const judge = hmacByHand(headers);
    return (bytes) => judge(bytes) && JSON.parse(bytes.toString());
  },
  '@octokit/webhooks': async ({ 'x-hub-signature-256': signature }) => {
    const { Webhooks } = await import('@octokit/webhooks' as string);
    const webhooks = new Webhooks({ secret });
    webhooks.on('push', () => {});
    return (bytes) => webhooks.verifyAndReceive({ id: 'an id', name: 'push', signature, payload: bytes.toString() });
  },
  stripe: async ({ 'stripe-signature': signature }) => {
    const { webhooks } = (await import('stripe' as string)).default;
    return (bytes) => webhooks.constructEvent(bytes, signature, secret);
  },
  standardwebhooks: async (headers) => {
    const { Webhook } = await import('standardwebhooks' as string);
    const webhook = new Webhook(secret, { format: 'raw' });
    return (bytes) => webhook.verify(bytes, headers);
  },
  'verifySignature alone': async ({ 'x-dixa-signature': signature }) => {
    const { verifySignature } = await import('dixa-webhooks/receiver');
    return (body) => verifySignature({ body, signature, secret });
  },
  'createHmac alone': hmacByHand,
};

/** Receivers behind node:http. */
export const nodeListeners: Readonly<Record<string, () => RequestListener | Promise<RequestListener>>> = {
  'dixa-webhooks': async () => (await import('dixa-webhooks/receiver/node')).toNodeListener(await makeReceiver()),
  'node:http by hand': () => listenerByHand(secret),
  'Hono by hand': async () => {
    const { Hono } = await import('hono' as string);
    const receive = fetchByHand(secret);
    const app = new Hono().post('/', (context: { req: { raw: Request } }) => receive(context.req.raw));
    return (await import('@hono/node-server' as string)).getRequestListener(app.fetch);
  },
  'Express with stripe': async () => {
    const { default: express } = await import('express' as string);
    const { webhooks } = (await import('stripe' as string)).default;
    type Raw = { readonly body: Buffer; readonly headers: Record<string, string> };
    return express().post('/', express.raw({ type: '*/*', limit: '1mb' }), (request: Raw, response: ServerResponse) => {
      webhooks.constructEvent(request.body, request.headers['stripe-signature'], secret);
      response.writeHead(200).end();
    });
  },
};

async function makeReceiver(store?: DedupeStore) {
  const { createReceiver } = await import('dixa-webhooks/receiver');
  const receiver = createReceiver({ secret, ...(store && { dedupe: store }) });
  receiver.on('ConversationCreated', () => {});
  return receiver;
}

const judgeOf =
  (receiver: Receiver, headers: Headers): Judge =>
  async (body) =>
    (await receiver.receive({ body, headers })).status === 200;

function hmacByHand({ 'x-dixa-signature': signature }: Headers): Judge {
  const verify = verifierByHand(secret);
  const [t = '', v1 = ''] = signature.slice(2).split(',v1=');
  return (bytes) => verify(t, v1, bytes as Buffer<ArrayBuffer>);
}

/** The work of a receiver on a body, after checking that it accepts this body and rejects a forged one. */
export async function receiverWork({ contender, case: size }: Task): Promise<Work> {
  const body = bodyOf(size);
  const judge = await receivers[contender]?.(signed(body));
  const holds = async (bytes: Buffer) => (await judge?.(bytes)) !== false;
  if (!(await holds(body))) throw new Error(`${contender} rejects a valid delivery.`);
  if (await holds(forged(body)).catch(() => false)) throw new Error(`${contender} accepts a forged delivery.`);
  return () => judge?.(body);
}
