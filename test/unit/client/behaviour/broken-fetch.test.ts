import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaConfigurationError, DixaConnectionError } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { errorOf, useFakeClock } from '../../../support/fake-clock.js';
import { apiKey, fakeDixa, newSubscription } from '../../../support/fake-dixa.js';

/** A client with a `fetch` that returns the given value, and counts its calls. */
function broken(fetch: () => unknown) {
  const calls = { count: 0 };
  const counted = () => {
    calls.count += 1;
    return fetch();
  };
  return { dixa: createDixaWebhooks({ apiKey, fetch: counted as typeof globalThis.fetch }), calls };
}

const noResponses: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a text', '{"data":[]}'],
  ['the JSON itself', { data: [] }],
  ['an axios response', { status: 200, headers: {}, data: [] }],
  ['a Response without text()', { status: 200, headers: new Headers() }],
];

describe('a fetch', () => {
  it.each(noResponses)('that resolves with %s is a configuration error, which is not retried', async (_, value) => {
    for (const { call } of ways) {
      const { dixa, calls } = broken(async () => value);
      const error = await call(dixa).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaConfigurationError);
      expect(`${error}`).toMatch(/other than a Response. Check the fetch option/);
      expect(calls.count).toBe(1);
    }
  });

  it.each(ways)(
    'that throws instead of rejecting is a configuration error, with its error as the cause: $name',
    async ({ call }) => {
      const { dixa, calls } = broken(() => {
        throw new TypeError('this.agent is undefined');
      });
      const error = await call(dixa).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaConfigurationError);
      expect(error).toMatchObject({ cause: { name: 'TypeError', message: 'this.agent is undefined' } });
      expect(calls.count).toBe(1);
    },
  );

  it('that may have created a subscription before failing says how to find out', async () => {
    const error = await broken(async () => undefined)
      .dixa.create(newSubscription)
      .catch((error: unknown) => error);
    expect(`${error}`).toContain('call list() before creating it again');
  });

  it('that rejects is a connection error with an unknown outcome', async () => {
    useFakeClock();
    for (const reason of [new Error('boom'), 'boom', undefined, null, 7, { message: 'boom' }]) {
      const { dixa, calls } = broken(() => Promise.reject(reason));
      expect(await errorOf(dixa.list())).toBeInstanceOf(DixaConnectionError);
      expect(calls.count).toBe(3);
      expect(await errorOf(dixa.create(newSubscription))).toMatchObject({ outcome: 'unknown', attempts: 1 });
    }
  });

  it('may resolve with a Response of another realm, or with a substitute of its shape', async () => {
    const foreign = runInNewContext(
      '({ status: 200, headers: { get: () => null }, text: async () => \'{"data":[]}\' })',
    );
    const { dixa } = fakeDixa([() => foreign, () => ({ ...foreign, status: 404 })]);
    expect(await dixa.list()).toEqual([]);
    await expect(dixa.list()).rejects.toMatchObject({ name: 'DixaNotFoundError', status: 404 });
  });
});
