import { createHmac } from 'node:crypto';
import example from '../../openapi/examples/events/ConversationCreated.json' with { type: 'json' };
import { printAsDixa } from '../../src/shared/dixa-json.js';

/** The secret for all schemes. For ours it is the hex of 32 bytes, for the others a text. */
export const secret = '6f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** The number of tags of an event, by its approximate size. */
const tagCounts: Readonly<Record<string, number>> = { '1 kB': 0, '10 kB': 48, '100 kB': 523 };

/** An event of one of these sizes, formatted as by Dixa. */
export function bodyOf(size: string): Buffer {
  const { conversation } = example.value.data;
  const tags = Array.from({ length: tagCounts[size] ?? 0 }, (_, index) => ({
    id: `5b1f0c1e-8a4d-4f3b-9c62-${String(index).padStart(12, '0')}`,
    name: 'The parcel is late, and the tracking page says nothing new',
    is_deactivated: false,
  }));
  return Buffer.from(printAsDixa({ ...example.value, data: { conversation: { ...conversation, tags } } }));
}

/** The body with another event id: still a valid event, but not what was signed. */
export function forged(body: Buffer): Buffer {
  const { event_id } = example.value;
  return Buffer.from(body.toString().replace(event_id, event_id.replace('f', 'e')));
}

/** The headers of a delivery for all schemes. Each signs the same bytes in its own way. */
export function signed(body: Buffer, time = Date.now()) {
  const hmac = (prefix: string, key: Buffer | string = secret) => createHmac('sha256', key).update(prefix).update(body);
  const seconds = Math.floor(time / 1000);
  return {
    'x-dixa-subscription-id': '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
    'x-dixa-signature': `t=${time},v1=${hmac(`${time}.`, Buffer.from(secret, 'hex')).digest('hex')}`,
    'x-hub-signature-256': `sha256=${hmac('').digest('hex')}`,
    'stripe-signature': `t=${seconds},v1=${hmac(`${seconds}.`).digest('hex')}`,
    'webhook-id': 'msg_1',
    'webhook-timestamp': `${seconds}`,
    'webhook-signature': `v1,${hmac(`msg_1.${seconds}.`).digest('base64')}`,
  };
}
