import { createHmac, createSecretKey } from 'node:crypto';
import type { BuiltReceiver } from './built.js';
import type { Contender } from './contenders.js';
import { peer } from './peers.js';
import { secret, sign, standardSecret } from './schemes.js';
import { standard } from './verify.js';

/** Ways from the bytes of a body to an event that can be trusted; those that dispatch it have one handler. */
export async function parseContenders(node: BuiltReceiver, web: BuiltReceiver): Promise<Contender[]> {
  const { Webhooks } = await peer('@octokit/webhooks');
  const { webhooks: stripe } = (await peer('stripe')).default;
  const { Webhook: Standard } = await peer('standardwebhooks');
  const { Webhook: Svix } = await peer('svix');
  const octokit = new Webhooks({ secret });
  octokit.on('push', () => {});
  return [
    { name: 'createHmac and JSON.parse', prepare: bare },
    { name: 'dixa-webhooks verifySignature, parseEvent', prepare: (body) => parts(node, body) },
    { name: 'dixa-webhooks verifySignature, parseEvent, on WebCrypto', prepare: (body) => parts(web, body) },
    { name: 'dixa-webhooks receive', prepare: (body) => receiver(node, body) },
    { name: 'dixa-webhooks receive, on WebCrypto', prepare: (body) => receiver(web, body) },
    {
      name: '@octokit/webhooks verifyAndReceive',
      prepare(body) {
        const { 'x-github-delivery': id = '', 'x-hub-signature-256': signature = '' } = sign('github', body);
        return (bytes) => octokit.verifyAndReceive({ id, name: 'push', signature, payload: bytes.toString() });
      },
    },
    {
      name: 'stripe constructEvent',
      prepare(body) {
        const { 'stripe-signature': header = '' } = sign('stripe', body);
        return (bytes) => stripe.constructEvent(bytes, header, secret);
      },
    },
    { name: 'standardwebhooks verify', prepare: standard(new Standard(standardSecret)) },
    { name: 'svix verify', prepare: standard(new Svix(standardSecret)) },
  ];
}

function bare(body: Buffer): (bytes: Buffer) => unknown {
  const [t = '', expected] = (sign('dixa', body)['x-dixa-signature'] ?? '').slice(2).split(',v1=');
  const key = createSecretKey(Buffer.from(secret, 'hex'));
  return (bytes) => {
    if (createHmac('sha256', key).update(`${t}.`).update(bytes).digest('hex') !== expected) return false;
    return JSON.parse(bytes.toString());
  };
}

function parts({ verifySignature, parseEvent }: BuiltReceiver, body: Buffer): (bytes: Buffer) => Promise<unknown> {
  const signature = sign('dixa', body)['x-dixa-signature'];
  return async (bytes) => {
    await verifySignature({ body: bytes, signature, secret });
    return parseEvent(bytes);
  };
}

function receiver({ createReceiver }: BuiltReceiver, body: Buffer): (bytes: Buffer) => Promise<unknown> {
  const headers = sign('dixa', body);
  const made = createReceiver({ secret });
  made.on('ConversationCreated', () => {});
  return async (bytes) => {
    const { status } = await made.receive({ body: bytes, headers });
    return status === 200;
  };
}
