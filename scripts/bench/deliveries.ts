import { createHmac } from 'node:crypto';
import example from '../../openapi/examples/events/ConversationCreated.json' with { type: 'json' };
import { printAsDixa } from '../../test/support/print-as-dixa.js';

/** The secret of all schemes: 32 bytes, as hex where it is text. */
export const secret = '6f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const key = Buffer.from(secret, 'hex');

/** The same bytes, as standardwebhooks and svix want them. */
export const standardSecret = `whsec_${key.toString('base64')}`;

/** An event of about `10 kB`, printed as Dixa prints it: the rest of the size is tags. */
export function bodyOf(size: string): Buffer {
  const { conversation } = example.value.data;
  const print = (tagCount: number) => {
    const tags = Array.from({ length: tagCount }, (_, index) => ({
      id: `5b1f0c1e-8a4d-4f3b-9c62-${String(index).padStart(12, '0')}`,
      name: 'The parcel is late, and the tracking page says nothing new',
      is_deactivated: false,
    }));
    return Buffer.from(printAsDixa({ ...example.value, data: { conversation: { ...conversation, tags } } }));
  };
  const [none, one, two] = [print(0).length, print(1).length, print(2).length] as const;
  return print(Math.max(0, Math.floor((Number.parseInt(size, 10) * 1024 - none) / (two - one))));
}

/** The body with another event's id: an event as before, but not what was signed. */
export function forged(body: Buffer): Buffer {
  const { event_id } = example.value;
  return Buffer.from(body.toString().replace(event_id, event_id.replace('f', 'e')));
}

/** The headers that a sender adds: each scheme signs the same bytes in its own way. */
export const sign = {
  dixa: (body: Buffer, t = Date.now()) => ({
    'x-dixa-subscription-id': '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
    'x-dixa-signature': `t=${t},v1=${hmac(key, `${t}.`, body).toString('hex')}`,
  }),
  github: (body: Buffer) => ({
    'x-github-delivery': example.value.event_id,
    'x-github-event': 'push',
    'x-hub-signature-256': `sha256=${hmac(secret, '', body).toString('hex')}`,
  }),
  stripe: (body: Buffer, t = seconds()) => ({
    'stripe-signature': `t=${t},v1=${hmac(secret, `${t}.`, body).toString('hex')}`,
  }),
  standard: (body: Buffer, t = seconds()) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': `${t}`,
    'webhook-signature': `v1,${hmac(key, `msg_1.${t}.`, body).toString('base64')}`,
  }),
};

export type Scheme = keyof typeof sign;

const seconds = () => Math.floor(Date.now() / 1000);
const hmac = (secret: Buffer | string, prefix: string, body: Buffer) =>
  createHmac('sha256', secret).update(prefix).update(body).digest();
