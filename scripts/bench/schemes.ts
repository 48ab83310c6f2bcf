import { createHmac } from 'node:crypto';

/** The secret of all schemes: 32 bytes, as hex where it is text. */
export const secret = '6f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** The same bytes, as standardwebhooks and svix want them. */
export const standardSecret = `whsec_${Buffer.from(secret, 'hex').toString('base64')}`;

/** Who signs how. */
export type Scheme = 'dixa' | 'github' | 'stripe' | 'standard';

const id = 'fa27c777-3948-4986-a060-8818179997b9';

/** The headers that a sender adds to a body: each scheme signs the same bytes in its own way. */
export function sign(scheme: Scheme, body: Buffer): Record<string, string> {
  const now = Date.now();
  const seconds = Math.floor(now / 1000);
  switch (scheme) {
    case 'dixa':
      return {
        'x-dixa-subscription-id': '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
        'x-dixa-signature': `t=${now},v1=${hmac(Buffer.from(secret, 'hex'), `${now}.`, body).toString('hex')}`,
      };
    case 'github':
      return {
        'x-github-delivery': id,
        'x-github-event': 'push',
        'x-hub-signature-256': `sha256=${hmac(secret, '', body).toString('hex')}`,
      };
    case 'stripe':
      return { 'stripe-signature': `t=${seconds},v1=${hmac(secret, `${seconds}.`, body).toString('hex')}` };
    case 'standard':
      return {
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': `v1,${hmac(Buffer.from(secret, 'hex'), `${id}.${seconds}.`, body).toString('base64')}`,
      };
  }
}

function hmac(key: Buffer | string, prefix: string, body: Buffer): Buffer {
  return createHmac('sha256', key).update(prefix).update(body).digest();
}
