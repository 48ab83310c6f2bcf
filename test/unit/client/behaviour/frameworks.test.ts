import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DixaConnectionError } from '../../../../src/client/index.js';
import { oneOfEach, ways } from '../../../support/every-call.js';
import { useFakeClock } from '../../../support/fake-clock.js';
import { fakeDixa, subscriptionId } from '../../../support/fake-dixa.js';
import { withMiddleware } from '../../../support/with-middleware.js';

const one = '/webhooks/{webhookSubscriptionId}';
const params = { path: { webhookSubscriptionId: subscriptionId } };

/** What Next's fetch throws while it renders a page for which it may not ask again. */
const dynamic = () => Object.assign(new Error('Dynamic server usage'), { digest: 'DYNAMIC_SERVER_USAGE' });

describe('a fetch that a framework has patched', () => {
  it.each(ways)('is called with cache: no-store: $name', async ({ call }) => {
    const { dixa, sent } = fakeDixa();
    await call(dixa);
    expect(sent.map(({ init }) => init.cache)).toEqual(['no-store']);
  });

  // As workerd does before the compatibility date 2024-11-11.
  it.each(oneOfEach)('is called without a cache option if the platform would throw: $name', async ({ call }) => {
    const { cache } = Object.getOwnPropertyDescriptors(Request.prototype);
    Reflect.deleteProperty(Request.prototype, 'cache');
    onTestFinished(() => void Object.defineProperty(Request.prototype, 'cache', cache));
    const { dixa, sent } = fakeDixa();
    await call(dixa);
    expect(sent.map(({ init }) => 'cache' in init)).toEqual([false]);
  });

  it('gets the cache option of a raw call', async () => {
    const { dixa, sent } = fakeDixa();
    await dixa.raw.GET(one, { params, cache: 'force-cache' });
    expect(sent.map(({ init }) => init.cache)).toEqual(['force-cache']);
  });

  it.each(ways)('may throw an error with a digest, with which the call rejects: $name', async ({ call }) => {
    const thrown = dynamic();
    const { dixa, sent } = fakeDixa([() => Promise.reject(thrown)]);
    await expect(call(dixa)).rejects.toBe(thrown);
    expect(sent).toHaveLength(1);
  });

  it('may throw such an error with middleware too', async () => {
    const thrown = dynamic();
    const { dixa, sent } = withMiddleware({ onRequest: () => undefined }, [() => Promise.reject(thrown)]);
    await expect(dixa.list()).rejects.toBe(thrown);
    expect(sent).toHaveLength(1);
  });

  it('leaves no timer behind when it throws', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([() => Promise.reject(dynamic())]);
    await dixa.list().catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails like any other if the digest is not a string', async () => {
    const { dixa } = fakeDixa([() => Promise.reject(Object.assign(new Error('odd'), { digest: 1 }))]);
    await expect(dixa.list({ maxRetries: 0 })).rejects.toBeInstanceOf(DixaConnectionError);
  });
});
