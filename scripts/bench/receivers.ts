import { createHmac, createSecretKey, randomUUID, timingSafeEqual } from 'node:crypto';
import type { ReceiverOptions } from 'dixa-webhooks/receiver';
import { bodyOf, forged, secret, sign, standardSecret } from './deliveries.js';
import type { Task } from './harness.js';
import { peer, type Work } from './work.js';

/** Judges the bytes of a body: throws, rejects or returns false if the signature does not hold. */
type Judge = (bytes: Buffer) => unknown;

/** From the bytes of a body to an event that can be trusted, or only to a verdict. Those that dispatch have one handler. */
export const receivers: Readonly<Record<string, (signed: Buffer) => Judge | Promise<Judge>>> = {
  'dixa-webhooks': (signed) => ours(signed),
  'dixa-webhooks with memoryDedupe': async (signed) => {
    const store = (await import('dixa-webhooks/receiver')).memoryDedupe();
    let count = 0;
    return ours(signed, {
      store: {
        // Each event is a new one, although it is the same that was signed.
        claim: (key, options) => store.claim(`${key}${++count}`, options),
        commit: (key, token, options) => store.commit(`${key}${count}`, token, options),
        release: (key, token) => store.release(`${key}${count}`, token),
      },
    });
  },
  'createHmac and JSON.parse': (signed) => {
    const verify = bare(signed);
    return (bytes) => verify(bytes) && JSON.parse(bytes.toString());
  },
  async '@octokit/webhooks'(signed) {
    const { Webhooks } = await peer('@octokit/webhooks');
    const webhooks = new Webhooks({ secret });
    webhooks.on('push', () => {});
    const { 'x-hub-signature-256': signature, 'x-github-delivery': id } = sign.github(signed);
    return (bytes) => webhooks.verifyAndReceive({ id, name: 'push', signature, payload: bytes.toString() });
  },
  async stripe(signed) {
    const { webhooks } = (await peer('stripe')).default;
    const { 'stripe-signature': header } = sign.stripe(signed);
    return (bytes) => webhooks.constructEvent(bytes, header, secret);
  },
  standardwebhooks: (signed) => standard('standardwebhooks', signed),
  svix: (signed) => standard('svix', signed),
  'verifySignature alone': async (signed) => {
    const { verifySignature } = await import('dixa-webhooks/receiver');
    const { 'x-dixa-signature': signature } = sign.dixa(signed);
    return (body) => verifySignature({ body, signature, secret });
  },
  'createHmac alone': bare,
};

async function ours(signed: Buffer, dedupe?: ReceiverOptions['dedupe']): Promise<Judge> {
  const { createReceiver } = await import('dixa-webhooks/receiver');
  const receiver = createReceiver({ secret, dedupe });
  receiver.on('ConversationCreated', () => {});
  const headers = sign.dixa(signed);
  return async (body) => (await receiver.receive({ body, headers })).status === 200;
}

/** The least that anyone can do on Node: a key that is kept, the time, the bytes. */
function bare(signed: Buffer): Judge {
  const key = createSecretKey(Buffer.from(secret, 'hex'));
  const [t = '', v1 = ''] = sign.dixa(signed)['x-dixa-signature'].slice(2).split(',v1=');
  const expected = Buffer.from(v1, 'hex');
  return (bytes) => timingSafeEqual(createHmac('sha256', key).update(`${t}.`).update(bytes).digest(), expected);
}

async function standard(name: string, signed: Buffer): Promise<Judge> {
  const { Webhook } = await peer(name);
  const webhook = new Webhook(standardSecret);
  const headers = sign.standard(signed);
  return (bytes) => webhook.verify(bytes, headers);
}

/** The work of a receiver on a body, after proof that it takes this body and refuses another. */
export async function receiverWork({ contender, case: size }: Task): Promise<Work> {
  const body = bodyOf(size);
  const judge = await receivers[contender]?.(body);
  const holds = async (bytes: Buffer) => {
    try {
      return (await judge?.(bytes)) !== false;
    } catch {
      return false;
    }
  };
  if (!(await holds(body))) throw new Error(`${contender} refuses what was signed for it.`);
  if (await holds(forged(body))) throw new Error(`${contender} accepts what was changed.`);
  return { run: () => judge?.(body) };
}

/** Claims and commits new keys, in a store that is replaced when it has seen so many. */
export async function dedupeGrowth({ contender }: Task): Promise<Work> {
  const count = 1_000 * Number.parseInt(contender, 10);
  const { memoryDedupe } = await import('dixa-webhooks/receiver');
  let store = memoryDedupe();
  let seen = 0;
  return {
    async run() {
      if (seen === count) store = memoryDedupe();
      seen = (seen % count) + 1;
      const key = `0123456789abcdef:${randomUUID()}`;
      const { token = '' } = await store.claim(key, { leaseMs: 60_000 });
      await store.commit(key, token, { keepMs: 86_400_000 });
    },
  };
}
