import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DixaInputError } from '../../../../src/client/index.js';
import { fakeDixa, subscriptionId } from '../../../support/fake-dixa.js';
import { byId } from '../../../support/path-calls.js';

const bad: readonly (readonly [string, unknown])[] = [
  ['an empty string', ''],
  ['the parent path', '..'],
  ['the same path', '.'],
  ['a path', `${subscriptionId}/delivery-status`],
  ['a path through %2F', `${subscriptionId}%2Fdelivery-status`],
  ['a space before', ` ${subscriptionId}`],
  ['a line break after', `${subscriptionId}\n`],
  ['braces', `{${subscriptionId}}`],
  ['no hyphens', subscriptionId.replaceAll('-', '')],
  ['a digit too few', subscriptionId.slice(1)],
  ['a digit too many', `${subscriptionId}0`],
  ['a letter that is no hex digit', `g${subscriptionId.slice(1)}`],
  ['digits of another script', `٣${subscriptionId.slice(1)}`],
  ['two ids', [subscriptionId, subscriptionId]],
  ['one id in a list', [subscriptionId]],
  ['an object that prints as an id', { toString: () => subscriptionId }],
  ['null', null],
  ['undefined', undefined],
  ['a number', 7],
];

describe('ids', () => {
  it.each(byId)('may be any UUID in any case: $name', async ({ call }) => {
    const ids = ['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-ffff-FFFF-ffff-FFFFffffFFFF', subscriptionId];
    const { dixa, sent } = fakeDixa([], { rateLimit: false });
    for (const id of ids) await call(dixa, id);
    expect(sent.map(({ url }) => url.split('/')[5])).toEqual(ids);
  });

  describe.each(byId)('are refused by $name before anything is sent:', ({ call }) => {
    it.each(bad)('%s', async (_, id) => {
      const { dixa, sent } = fakeDixa();
      const error = await call(dixa, id as string).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field: 'webhookSubscriptionId', message: expect.stringMatching(/must be a UUID/) });
      expect(sent).toHaveLength(0);
    });
  });

  it('are never quoted if they are refused, because they may be misplaced secrets', async () => {
    const { dixa } = fakeDixa();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 12, unit: 'grapheme' }), async (text) => {
        const error = await dixa.get(`wrong ${text}`).catch((error: Error) => error);
        expect(error).toBeInstanceOf(DixaInputError);
        expect((error as Error).message).not.toContain(text);
      }),
      { numRuns: 50 },
    );
  });

  it('are checked by raw if they are missing', async () => {
    const { dixa, sent } = fakeDixa();
    const careless = dixa.raw.GET as unknown as (path: string, init?: object) => Promise<unknown>;
    for (const init of [undefined, {}, { params: {} }, { params: { path: {} } }, { params: { query: { a: 1 } } }]) {
      await expect(careless('/webhooks/{webhookSubscriptionId}', init)).rejects.toBeInstanceOf(DixaInputError);
    }
    expect(sent).toHaveLength(0);
  });
});
