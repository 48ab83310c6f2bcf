import { expect, it, vi } from 'vitest';
import { signPayload, verifySignature } from '../../../../src/receiver/index.js';
import { startOfTime } from '../../../support/fake-clock.js';
import { rejection, secret } from '../../../support/receiver-delivery.js';

const body = '{}';
const signature = await signPayload({ body, secret, timestamp: startOfTime });
const v1 = signature.indexOf('v1=') + 3;

/** The signature with another hex digit at a place of the digest. */
const changedAt = (place: number) => {
  const digit = signature[v1 + place] === '0' ? '1' : '0';
  return `${signature.slice(0, v1 + place)}${digit}${signature.slice(v1 + place + 1)}`;
};

/** How many characters are looked at to refuse a signature. */
async function lookedAt(header: string): Promise<number> {
  const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
  try {
    await rejection(verifySignature({ body, signature: header, secret, now: startOfTime }));
    return charCodeAt.mock.calls.length;
  } finally {
    charCodeAt.mockRestore();
  }
}

it.each([0, 1, 31, 62, 63])('a digest is compared whole, also where it differs at digit %i', async (place) => {
  expect(await lookedAt(changedAt(place))).toBe(2 * 64);
});
