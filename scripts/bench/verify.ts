import { createHmac, createSecretKey } from 'node:crypto';
import type { BuiltReceiver } from './built.js';
import type { Contender } from './contenders.js';
import { peer } from './peers.js';
import { secret, sign, standardSecret } from './schemes.js';

/** Ways to judge a signature without looking at what was signed. */
export async function verifyContenders(node: BuiltReceiver, web: BuiltReceiver): Promise<Contender[]> {
  const octokit = await peer('@octokit/webhooks-methods');
  const { webhooks: stripe } = (await peer('stripe')).default;
  const { Webhook: Standard } = await peer('standardwebhooks');
  const { Webhook: Svix } = await peer('svix');
  return [
    { name: 'createHmac, the bare minimum', prepare: bare },
    { name: 'dixa-webhooks verifySignature', prepare: ours(node) },
    { name: 'dixa-webhooks verifySignature, on WebCrypto', prepare: ours(web) },
    {
      name: '@octokit/webhooks-methods verify',
      prepare(body) {
        const { 'x-hub-signature-256': signature = '' } = sign('github', body);
        return (bytes) => octokit.verify(secret, bytes.toString(), signature);
      },
    },
    {
      name: 'stripe verifyHeader',
      prepare(body) {
        const { 'stripe-signature': header = '' } = sign('stripe', body);
        return (bytes) => stripe.signature.verifyHeader(bytes, header, secret);
      },
    },
    { name: 'standardwebhooks verify (parses too)', prepare: standard(new Standard(standardSecret)) },
    { name: 'svix verify (parses too)', prepare: standard(new Svix(standardSecret)) },
  ];
}

/** The least that anyone can do on Node: a key that is kept, the time, the bytes. */
function bare(body: Buffer): (bytes: Buffer) => boolean {
  const [t = '', expected] = (sign('dixa', body)['x-dixa-signature'] ?? '').slice(2).split(',v1=');
  const key = createSecretKey(Buffer.from(secret, 'hex'));
  return (bytes) => createHmac('sha256', key).update(`${t}.`).update(bytes).digest('hex') === expected;
}

function ours({ verifySignature }: BuiltReceiver): Contender['prepare'] {
  return (body) => {
    const signature = sign('dixa', body)['x-dixa-signature'];
    return (bytes) => verifySignature({ body: bytes, signature, secret });
  };
}

/** Also for svix, which wraps standardwebhooks. */
export function standard(webhook: { verify(body: Buffer, headers: Record<string, string>): unknown }) {
  return (body: Buffer) => {
    const headers = sign('standard', body);
    return (bytes: Buffer) => webhook.verify(bytes, headers);
  };
}
