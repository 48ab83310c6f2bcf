import { describe, expect, it } from 'vitest';
import {
  DixaConfigurationError,
  DixaSignatureError,
  parseEvent,
  verifySignature,
} from '../../../../src/receiver/index.js';
import vectors from './vectors.json' with { type: 'json' };

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('signatures that must pass', () => {
  it.each(vectors.good)('$name', async ({ secrets, bodyBase64, header, now, parses }) => {
    const body = bytesOf(bodyBase64);
    const secret = secrets.length === 1 ? `${secrets[0]}` : secrets;

    const verified = await verifySignature({ body, signature: header, secret, now, toleranceMs: vectors.toleranceMs });

    expect(`t=${verified.timestamp.getTime()}`).toBe(/t=\d+/.exec(header)?.[0]);
    expect(verified.secretIndex).toBe(secrets.length - 1);
    if (parses !== 'either') expect(parseEvent(body)).toHaveProperty('event_id');
  });

  it.each(vectors.good)('as an ArrayBuffer too: $name', async ({ secrets, bodyBase64, header, now }) => {
    const body = bytesOf(bodyBase64).buffer as ArrayBuffer;
    await expect(verifySignature({ body, signature: header, secret: secrets, now })).resolves.toBeDefined();
  });
});

describe('signatures that must fail', () => {
  it.each(vectors.bad)('$name: $reason', async ({ secrets, bodyBase64, header, now, reason }) => {
    const failure = verifySignature({ body: bytesOf(bodyBase64), signature: header, secret: secrets, now });

    await expect(failure).rejects.toBeInstanceOf(DixaSignatureError);
    await expect(failure).rejects.toMatchObject({ reason });
  });
});

describe('secrets that must be refused', () => {
  const [{ bodyBase64, header, now } = expect.fail('no vector')] = vectors.good;

  it.each(vectors.invalidSecrets)('$name', async ({ value }) => {
    const secret = value ?? [];
    const failure = verifySignature({ body: bytesOf(bodyBase64), signature: header, secret, now });

    await expect(failure).rejects.toBeInstanceOf(DixaConfigurationError);
    if (value) await expect(failure).rejects.not.toThrow(value);
  });
});

it('the vectors are all there: 15 pass, 31 fail, 6 secrets are refused', () => {
  expect([vectors.good.length, vectors.bad.length, vectors.invalidSecrets.length]).toEqual([15, 31, 6]);
});
