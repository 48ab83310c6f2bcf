import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import {
  DixaConfigurationError,
  parseEvent,
  type RawBody,
  signPayload,
  verifySignature,
} from '../../../../src/receiver/index.js';
import { eventText, rejection, secret, thrown } from '../../../support/receiver-delivery.js';

const text = eventText({ organization: { id: 'x', name: 'Åse & søn 🐙' } });
const bytes = new TextEncoder().encode(text);

/** The same bytes within larger memory, with others before and after them. */
function surrounded(): Uint8Array {
  const larger = new Uint8Array(bytes.length + 20).fill(0x7b);
  larger.set(bytes, 10);
  return larger.subarray(10, 10 + bytes.length);
}

const shapes: Record<string, RawBody> = {
  'a string': text,
  'a Uint8Array': bytes,
  'a Buffer': Buffer.from(text),
  'an ArrayBuffer': bytes.slice().buffer,
  'a part of a larger Uint8Array': surrounded(),
  'a part of a larger Buffer': Buffer.from(surrounded().buffer, 10, bytes.length),
  'a DataView': new DataView(surrounded().buffer, 10, bytes.length) as unknown as RawBody,
  'a Uint8Array of another realm': runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] }) as RawBody,
  'a Uint8ClampedArray': Uint8ClampedArray.from(bytes) as unknown as RawBody,
};

const signature = await signPayload({ body: text, secret });

describe.each(Object.entries(shapes))('a body that is %s', (_, body) => {
  it('is verified', async () => {
    await expect(verifySignature({ body, signature, secret })).resolves.toMatchObject({ secretIndex: 0 });
  });

  it('is signed as the same text', async () => {
    const timestamp = 1_795_420_800_000;
    expect(await signPayload({ body, secret, timestamp })).toBe(await signPayload({ body: text, secret, timestamp }));
  });

  it('is parsed', () => {
    expect(parseEvent(body)).toEqual({ ...JSON.parse(text), type: 'ConversationCreated' });
  });
});

describe('a body that was parsed', () => {
  const parsed = JSON.parse(text);
  const values: unknown[] = [parsed, {}, [parsed], null, undefined, 1, true, () => text, new Blob([text]), new Date(0)];

  it.each(values)('is refused by verifySignature: %o', async (body) => {
    const error = await rejection(verifySignature({ body: body as RawBody, signature, secret }));
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('raw body');
  });

  it.each(values)('is refused by parseEvent and signPayload: %o', async (value) => {
    const body = value as RawBody;
    expect(thrown(() => parseEvent(body))).toBeInstanceOf(DixaConfigurationError);
    expect(await rejection(signPayload({ body, secret }))).toBeInstanceOf(DixaConfigurationError);
  });
});

describe('the bytes that were signed', () => {
  it('are hashed without being decoded or joined to a string', async () => {
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    const asText = vi.spyOn(Buffer.prototype, 'toString');
    try {
      await verifySignature({ body: bytes, signature, secret });
      await verifySignature({ body: Buffer.from(bytes), signature, secret });
      expect(decode).not.toHaveBeenCalled();
      for (const { value } of asText.mock.results) expect(value).not.toContain('event_id');
    } finally {
      decode.mockRestore();
      asText.mockRestore();
    }
  });

  it('are judged as they came: a body that was decoded and encoded again fails', async () => {
    const body = Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d);
    const signed = await signPayload({ body, secret });

    await expect(verifySignature({ body, signature: signed, secret })).resolves.toBeDefined();
    const again = new TextDecoder().decode(body);
    await expect(verifySignature({ body: again, signature: signed, secret })).rejects.toMatchObject({
      reason: 'signature-mismatch',
    });
  });
});
