import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { pass, useFakeClock, watch } from '../../../support/fake-clock.js';
import { fakeDixa } from '../../../support/fake-dixa.js';

interface Arrival {
  /** After the one before it, in milliseconds. */
  readonly afterMs: number;
  /** After its own arrival; undefined for never. */
  readonly abortsAfterMs: number | undefined;
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 700 }), fc.double({ min: 0, max: 300, noNaN: true })),
  abortsAfterMs: fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined, freq: 3 }),
});

describe('own rate', () => {
  it('is kept in every time window, in order, and without starvation', async () => {
    useFakeClock();
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        async (arrivals, requestsPerSecond, burst) => {
          const { dixa, sent } = fakeDixa([], { rateLimit: { requestsPerSecond, burst } });
          const calls = [];
          for (const [index, { afterMs, abortsAfterMs }] of arrivals.entries()) {
            await pass(afterMs);
            const controller = new AbortController();
            calls.push(watch(dixa.list({ signal: controller.signal, headers: { 'X-Order': `${index}` } })));
            if (abortsAfterMs !== undefined) setTimeout(() => controller.abort('gone'), abortsAfterMs);
          }
          await pass(60_000);

          const order = sent.map(({ headers }) => Number(headers.get('x-order')));
          expect(order).toEqual([...order].sort((a, b) => a - b));
          for (const [index, { ended }] of calls.entries()) {
            expect(ended).toEqual(order.includes(index) ? { value: [] } : { error: 'gone' });
          }
          for (let from = 0; from < sent.length; from += 1) {
            for (let to = from; to < sent.length; to += 1) {
              const seconds = ((sent[to]?.at ?? 0) - (sent[from]?.at ?? 0)) / 1_000;
              expect(to - from + 1).toBeLessThanOrEqual(burst + requestsPerSecond * seconds + 1e-6);
            }
          }
          expect(vi.getTimerCount()).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
