import { describe, expect, it } from 'vitest';
import { DixaNotFoundError } from '../../../../src/client/index.js';
import { deleting, ways } from '../../../support/every-call.js';
import { errorOf, resultOf, useFakeClock } from '../../../support/fake-clock.js';
import { type Answer, failure, fakeDixa, lost, refused, silence, subscriptionId } from '../../../support/fake-dixa.js';

const maybeDone: readonly (readonly [string, Answer])[] = [
  ['408', failure(408)],
  ['500', failure(500)],
  ['502', failure(502)],
  ['503', failure(503)],
  ['504', failure(504)],
  ['timed out', silence],
  ['lost', lost],
];
const notDone: readonly (readonly [string, Answer])[] = [
  ['429', failure(429)],
  ['refused by the network', refused],
];
const gone = failure(404);

describe('404 on a DELETE whose earlier attempt may have been processed', () => {
  describe.each(deleting)('by $name', ({ call }) => {
    it.each(maybeDone)('is success after %s', async (_, answer) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([answer, gone]);
      expect(await resultOf(call(dixa))).toBe(200);
      expect(sent).toHaveLength(2);
    });

    it.each(notDone)('is still a 404 after %s', async (_, answer) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([answer, gone]);
      expect(await resultOf(call(dixa))).toBe(404);
      expect(sent).toHaveLength(2);
    });

    it.each(maybeDone)('is success after %s and then a 429', async (_, answer) => {
      useFakeClock();
      const { dixa } = fakeDixa([answer, failure(429), gone]);
      expect(await resultOf(call(dixa))).toBe(200);
    });

    it('is still a 404 at the first attempt', async () => {
      const { dixa } = fakeDixa([gone]);
      expect(await call(dixa)).toBe(404);
    });

    it('is success only for 404: 403 is not', async () => {
      useFakeClock();
      const { dixa } = fakeDixa([lost, failure(403)]);
      expect(await resultOf(call(dixa))).toBe(403);
    });
  });

  it('resolves with undefined from the method, and with a success without data from raw', async () => {
    useFakeClock();
    const params = { path: { webhookSubscriptionId: subscriptionId } };
    expect(await resultOf(fakeDixa([lost, gone]).dixa.delete(subscriptionId))).toBeUndefined();
    const { dixa } = fakeDixa([lost, gone]);
    const result = await resultOf(dixa.raw.DELETE('/webhooks/{webhookSubscriptionId}', { params }));
    expect(result.response.ok).toBe(true);
    expect(result.data).toBeUndefined();
    expect(result.error).toBeUndefined();
  });

  it.each(ways.filter(({ method }) => method !== 'DELETE' && method !== 'POST'))(
    'is a 404 like any other for $name',
    async ({ call }) => {
      useFakeClock();
      const { dixa } = fakeDixa([lost, gone]);
      expect(await resultOf(call(dixa))).toBe(404);
    },
  );

  it('is otherwise an error of its usual class', async () => {
    useFakeClock();
    expect(await errorOf(fakeDixa([gone]).dixa.delete(subscriptionId))).toBeInstanceOf(DixaNotFoundError);
  });
});
