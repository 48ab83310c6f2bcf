import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, type DixaWebhooksOptions } from '../../../../src/client/index.js';
import { oneOfEach, ways } from '../../../support/every-call.js';
import { apiKey } from '../../../support/fake-dixa.js';
import { answer, type Behaviour, saysNothing, stallsWithinBody, succeed } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

/** Abort reasons. Each must be returned unchanged. */
const reasons: readonly (readonly [string, unknown])[] = [
  ['an error of its own', new Error('the user left')],
  ['an object', { why: 'shutdown' }],
  ['a text', 'stop'],
  ['null', null],
];

const some = oneOfEach.filter(({ method }) => method === 'GET');

async function start(options: DixaWebhooksOptions, ...behaviours: readonly Behaviour[]) {
  const server = await faultyServer(...behaviours);
  const controller = new AbortController();
  const dixa = createDixaWebhooks({ apiKey, baseUrl: server.baseUrl, ...options });
  return { ...server, controller, signal: controller.signal, dixa };
}

/** The reason with which a promise rejected. Fails if it resolved. */
async function rejection(promise: Promise<unknown>): Promise<{ readonly reason: unknown }> {
  const [settled] = await Promise.allSettled([promise]);
  if (settled.status === 'fulfilled') throw new Error('The call was to reject, but it succeeded.');
  return settled;
}

describe.each(reasons.map(([name, reason], index) => ({ name, reason, affected: index === 0 ? oneOfEach : some })))(
  'a signal that aborts with $name',
  ({ reason, affected }) => {
    it.each(affected === oneOfEach ? ways : some)('before $name: nothing is sent', async ({ call }) => {
      const { dixa, controller, signal, requests } = await start({}, succeed);
      controller.abort(reason);
      expect((await rejection(call(dixa, { signal }))).reason).toBe(reason);
      expect(requests).toHaveLength(0);
    });

    it.each(affected)('in the queue of $name: nothing is sent', async ({ call }) => {
      const rateLimit = { requestsPerSecond: 0.01, burst: 1 };
      const { dixa, controller, signal, requests } = await start({ rateLimit }, succeed);
      await dixa.list();
      const waiting = rejection(call(dixa, { signal }));
      controller.abort(reason);
      expect((await waiting).reason).toBe(reason);
      expect(requests).toHaveLength(1);
    });

    it.each(affected)('while $name waits for headers: nothing more is sent', async ({ call }) => {
      const { dixa, controller, signal, requests, arrival } = await start({}, saysNothing);
      const waiting = rejection(call(dixa, { signal }));
      await arrival(1);
      controller.abort(reason);
      expect((await waiting).reason).toBe(reason);
      expect(requests).toHaveLength(1);
    });

    it.each(affected.filter(({ method }) => method !== 'DELETE'))(
      'within the body of $name: nothing more is sent',
      async ({ call }) => {
        let tellHeaders = () => {};
        const headersCame = new Promise<void>((resolve) => {
          tellHeaders = resolve;
        });
        const noticing = async (url: string, init: RequestInit) => {
          const response = await fetch(url, init);
          tellHeaders();
          return response;
        };
        const { dixa, controller, signal, requests } = await start({ fetch: noticing }, stallsWithinBody);
        const waiting = rejection(call(dixa, { signal }));
        await headersCame;
        controller.abort(reason);
        expect((await waiting).reason).toBe(reason);
        expect(requests).toHaveLength(1);
      },
    );

    it.each(affected)('in the pause of $name: nothing more is sent', async ({ call }) => {
      let tellPause = () => {};
      const pauseBegan = new Promise<void>((resolve) => {
        tellPause = resolve;
      });
      const busy = answer(429, '', { 'Retry-After': '55' });
      const { dixa, controller, signal, requests } = await start({ onRetry: () => tellPause() }, busy);
      const waiting = rejection(call(dixa, { signal }));
      await pauseBegan;
      controller.abort(reason);
      expect((await waiting).reason).toBe(reason);
      expect(requests).toHaveLength(1);
    });

    it.each(affected)('after $name has ended: it has no effect', async ({ call }) => {
      const { dixa, controller, signal, requests } = await start({}, succeed);
      expect(await call(dixa, { signal })).toBe(200);
      controller.abort(reason);
      expect(await call(dixa)).toBe(200);
      expect(requests).toHaveLength(2);
    });
  },
);

describe('a signal that times out', () => {
  it.each(oneOfEach)("ends $name with the signal's TimeoutError, not one of this package", async ({ call }) => {
    const { dixa, requests } = await start({}, saysNothing);
    const signal = AbortSignal.timeout(20);
    const { reason } = await rejection(call(dixa, { signal }));
    expect(reason).toBe(signal.reason);
    expect(reason).toMatchObject({ name: 'TimeoutError' });
    expect(requests.length).toBeLessThanOrEqual(1);
  });
});
