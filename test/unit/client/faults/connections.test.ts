import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaConnectionError, DixaTimeoutError } from '../../../../src/client/index.js';
import { deadAddress } from '../../../support/dead-address.js';
import { creating, oneOfEach, repeatable } from '../../../support/every-call.js';
import { apiKey, newSubscription, subscriptionId } from '../../../support/fake-dixa.js';
import {
  type Behaviour,
  endWithinBody,
  resetAtOnce,
  resetWithinBody,
  saysNothing,
  stallsWithinBody,
  succeed,
} from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

const lost: readonly (readonly [string, Behaviour])[] = [
  ['before the body', resetAtOnce],
  ['within the body', resetWithinBody],
  ['in good order, but within the body', endWithinBody],
];
const silent: readonly (readonly [string, Behaviour])[] = [
  ['headers that never come', saysNothing],
  ['a body that stalls', stallsWithinBody],
];

/** Repeats without a pause: jitter may be nothing. */
function withoutPause<T>(run: () => Promise<T>): Promise<T> {
  const random = Math.random;
  Math.random = () => 0;
  return run().finally(() => {
    Math.random = random;
  });
}

describe('a connection that is lost', () => {
  describe.each(lost)('%s', (name, behaviour) => {
    const affected = repeatable.filter(({ method }) => method !== 'DELETE' || name === 'before the body');

    it.each(affected)('is retried by $name', async ({ call }) => {
      const { baseUrl, requests } = await faultyServer(behaviour, behaviour, succeed);
      const dixa = createDixaWebhooks({ apiKey, baseUrl, rateLimit: false });
      expect(await withoutPause(() => call(dixa))).toBe(200);
      expect(requests).toHaveLength(3);
      expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    });

    it.each(creating)('is not retried by $name', async ({ call }) => {
      const { baseUrl, requests } = await faultyServer(behaviour);
      const error = await call(createDixaWebhooks({ apiKey, baseUrl })).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaConnectionError);
      expect(error).toMatchObject({ outcome: 'unknown', attempts: 1 });
      expect(`${error}`).toContain('call list() before creating it again');
      expect(requests).toHaveLength(1);
    });

    it('contains nothing of the partial response', async () => {
      const { baseUrl } = await faultyServer(behaviour);
      const dixa = createDixaWebhooks({ apiKey, baseUrl, maxRetries: 0 });
      const error = await dixa.list().catch((error: Error) => error);
      expect(error).toBeInstanceOf(DixaConnectionError);
      const { stack, cause } = error as Error;
      expect(`${stack}${(cause as Error)?.stack}`).not.toMatch(/hidden|secretKey|SyntaxError/);
      expect(cause).toBeInstanceOf(Error);
    });
  });
});

describe('a response that does not arrive in time', () => {
  describe.each(silent)('%s', (name, behaviour) => {
    const affected = oneOfEach.filter(({ method }) => method !== 'DELETE' || name.startsWith('headers'));

    it.each(affected)('ends $name after timeoutMs', async ({ call, method }) => {
      const { baseUrl } = await faultyServer(behaviour);
      const dixa = createDixaWebhooks({ apiKey, baseUrl, maxRetries: 0, timeoutMs: 30 });
      const error = await call(dixa).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaTimeoutError);
      expect(error).toMatchObject({ timeoutMs: 30, attempts: 1 });
      if (method === 'POST') expect(error).toMatchObject({ outcome: 'unknown' });
    });

    it('is retried', async () => {
      const { baseUrl, requests } = await faultyServer(behaviour, succeed);
      const dixa = createDixaWebhooks({ apiKey, baseUrl, timeoutMs: 30 });
      expect(await withoutPause(() => dixa.list({ timeoutMs: 200 }))).toEqual([]);
      expect(requests).toHaveLength(2);
    });

    it('ends a call after totalTimeoutMs', async () => {
      const { baseUrl } = await faultyServer(behaviour);
      const dixa = createDixaWebhooks({ apiKey, baseUrl, totalTimeoutMs: 40 });
      const error = await dixa.get(subscriptionId).catch((error: unknown) => error);
      expect(error).toMatchObject({ name: 'DixaTimeoutError', timeoutMs: 40, attempts: 1 });
    });
  });
});

describe('a connection that is refused', () => {
  it.each(oneOfEach)('is tried again by $name', async ({ call, method }) => {
    const reasons: unknown[] = [];
    const dixa = createDixaWebhooks({
      apiKey,
      baseUrl: await deadAddress(),
      onRetry: ({ reason }) => reasons.push(reason),
    });
    const error = await withoutPause(() => call(dixa)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaConnectionError);
    expect(error).toMatchObject({ attempts: 3, cause: expect.any(Error) });
    expect((error as DixaConnectionError).outcome).toBe(method === 'POST' ? 'not-sent' : undefined);
    expect(`${error}`).not.toContain('may exist');
    expect(reasons).toHaveLength(2);
  });

  it('is reported with the code of its cause', async () => {
    const dixa = createDixaWebhooks({ apiKey, baseUrl: await deadAddress(), maxRetries: 0 });
    const error = (await dixa.create(newSubscription).catch((error) => error)) as Error;
    expect(JSON.stringify([error.cause, (error.cause as Error).cause])).toContain('ECONNREFUSED');
  });
});
