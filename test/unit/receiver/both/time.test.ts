import { describe, expect, it } from 'vitest';
import { DixaSignatureError, signPayload, verifySignature } from '../../../../src/receiver/index.js';
import { startOfTime, useFakeClock } from '../../../support/fake-clock.js';
import { otherSecret, rejection, secret } from '../../../support/receiver-delivery.js';

const body = '{}';
const signature = await signPayload({ body, secret, timestamp: startOfTime });
const verify = (options: { readonly now?: number; readonly toleranceMs?: number }) =>
  verifySignature({ body, signature, secret, ...options });

/** `late` is how long after the signing it arrived; negative: before. */
const taken = [
  { late: 0, toleranceMs: undefined },
  { late: 300_000, toleranceMs: undefined },
  { late: -300_000, toleranceMs: undefined },
  { late: 0, toleranceMs: 0 },
  { late: 1_000, toleranceMs: 1_000 },
  { late: -86_400_000, toleranceMs: 86_400_000 },
  { late: 1e12, toleranceMs: Number.POSITIVE_INFINITY },
];
const refused = [
  { late: 300_001, toleranceMs: undefined },
  { late: -300_001, toleranceMs: undefined },
  { late: 1, toleranceMs: 0 },
  { late: -1, toleranceMs: 0 },
  { late: 1_001, toleranceMs: 1_000 },
  { late: 0, toleranceMs: Number.NaN },
  { late: 0, toleranceMs: -1 },
  { late: Number.NaN, toleranceMs: undefined },
  { late: Number.NaN, toleranceMs: Number.POSITIVE_INFINITY },
  { late: Number.POSITIVE_INFINITY, toleranceMs: undefined },
  { late: Number.NEGATIVE_INFINITY, toleranceMs: undefined },
];

describe('the time of a delivery', () => {
  it.each(taken)('$late ms off is within a tolerance of $toleranceMs', async ({ late, toleranceMs }) => {
    const verified = await verify({ now: startOfTime + late, ...(toleranceMs !== undefined && { toleranceMs }) });
    expect(verified.timestamp).toEqual(new Date(startOfTime));
  });

  it.each(refused)('$late ms off is out of a tolerance of $toleranceMs', async ({ late, toleranceMs }) => {
    const error = await rejection(
      verify({ now: startOfTime + late, ...(toleranceMs !== undefined && { toleranceMs }) }),
    );
    expect(error).toBeInstanceOf(DixaSignatureError);
    expect(error).toMatchObject({ reason: 'timestamp-out-of-tolerance', skewMs: late });
  });

  it('is compared to the clock where no time of arrival is given', async () => {
    useFakeClock();
    await expect(verify({})).resolves.toBeDefined();

    const ahead = await signPayload({ body, secret, timestamp: startOfTime + 300_001 });
    await expect(verifySignature({ body, signature: ahead, secret })).rejects.toMatchObject({ skewMs: -300_001 });
  });

  it('is judged after the signature, so that a forger learns nothing of the clock', async () => {
    const late = { body, signature, now: startOfTime + 1e9 };
    await expect(verifySignature({ ...late, secret: otherSecret })).rejects.toMatchObject({
      reason: 'signature-mismatch',
      skewMs: undefined,
    });
  });

  it('is signed as now unless it is given', async () => {
    useFakeClock();
    expect(await signPayload({ body, secret })).toBe(signature);
  });
});
