import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signPayload, verifySignature } from '../../../../src/receiver/index.js';
import { keyOf } from '../../../../src/receiver/key.js';
import { secret } from '../../../support/receiver-delivery.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const secrets = fc.uint8Array({ minLength: 16, maxLength: 100 }).map(hex);
const bodies = fc.oneof(fc.uint8Array({ maxLength: 2_000 }), fc.string({ unit: 'binary' }), fc.json());
const times = fc.integer({ min: 0, max: 999_999_999_999_999 });

describe('signPayload', () => {
  it('is undone by verifySignature, whatever the body, the secret and the time', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, secrets, times, async (body, key, timestamp) => {
        const signature = await signPayload({ body, secret: key, timestamp });
        const verified = await verifySignature({ body, signature, secret: key, now: timestamp });
        expect(verified).toEqual({ timestamp: new Date(timestamp), secretIndex: 0 });
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });

  it('signs as Dixa documents it: the time, a dot and the body, with the decoded secret', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, secrets, times, async (body, key, timestamp) => {
        const digest = createHmac('sha256', Buffer.from(key, 'hex')).update(`${timestamp}.`).update(body).digest('hex');
        expect(await signPayload({ body, secret: key, timestamp })).toBe(`t=${timestamp},v1=${digest}`);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });

  it('signs so that no other body, secret or time fits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1 }),
        secrets,
        times,
        fc.nat(),
        async (body, key, timestamp, place) => {
          const signature = await signPayload({ body, secret: key, timestamp });
          const changed = body.slice();
          changed[place % body.length] = (changed[place % body.length] ?? 0) ^ 1;
          const wrong = [
            { body: changed, signature, secret: key },
            { body, signature, secret: `${key}00`.replace(/^../, (pair) => (pair === 'ff' ? '00' : 'ff')) },
            { body, signature: signature.replace(/\d,/, (digit) => `${digit === '9,' ? '8' : '9'},`), secret: key },
          ];
          for (const options of wrong) {
            await expect(verifySignature({ ...options, now: timestamp })).rejects.toMatchObject({
              reason: 'signature-mismatch',
            });
          }
        },
      ),
      { seed: 20261123, numRuns: 100 },
    );
  });
});

describe('keys', () => {
  it('are made once for a secret', () => {
    expect(keyOf(secret)).toBe(keyOf(secret));
  });

  const keyOfNumber = (index: number) => keyOf(index.toString(16).padStart(32, '0'));

  it('are kept for 1,000 secrets, those that came last', () => {
    const keys = Array.from({ length: 3_000 }, (_, index) => keyOfNumber(index)).slice(-1_000);
    expect(keys.findIndex((key, index) => key !== keyOfNumber(2_000 + index))).toBe(-1);
  });

  it('are forgotten when 1,000 others came since, so that their number is bounded, and are then made again', async () => {
    const first = keyOf(secret);
    for (let index = 0; index < 1_000; index += 1) keyOfNumber(10_000 + index);

    expect(keyOf(secret)).not.toBe(first);
    const signature = await signPayload({ body: 'x', secret });
    await expect(verifySignature({ body: 'x', signature, secret })).resolves.toBeDefined();
  });
});
