import { describe, expect, it, vi } from 'vitest';
import { ways } from '../../../support/every-call.js';
import { finish, pass, resultOf, useFakeClock, watch } from '../../../support/fake-clock.js';
import { failure, fakeDixa, type Sent, success } from '../../../support/fake-dixa.js';

const times = (sent: readonly Sent[]) => sent.map(({ at }) => at - (sent[0]?.at ?? 0));

/** The most by which the number of requests in any window exceeds `burst + perSecond * seconds`. */
function excess(at: readonly number[], burst = 4, perSecond = 10): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const [from, start] of at.entries()) {
    for (const [to, end] of at.slice(from).entries()) {
      most = Math.max(most, to + 1 - (burst + (perSecond * (end - start)) / 1_000));
    }
  }
  return most;
}

describe('own rate', () => {
  it('sends 4 of 100 concurrent calls immediately and then 10 per second, in order', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa();
    const calls = Array.from({ length: 100 }, (_, index) => dixa.list({ headers: { 'X-Order': `${index}` } }));
    const ended = await Promise.all(calls.map((call) => finish(call)));
    expect(ended.every((end) => 'value' in end)).toBe(true);
    expect(sent.map(({ headers }) => Number(headers.get('x-order')))).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(times(sent).slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(excess(times(sent))).toBeLessThanOrEqual(1e-9);
    expect(times(sent).at(-1)).toBeGreaterThanOrEqual(9_600);
    expect(times(sent).at(-1)).toBeLessThanOrEqual(9_700);
  });

  it('counts from when requests are sent, whatever their caller does first', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa();
    const list = () => finish(dixa.list());
    const first = Array.from({ length: 4 }, list);
    vi.advanceTimersByTime(200); // As work that takes so long, for no promise goes on meanwhile.
    await Promise.all([...first, ...Array.from({ length: 4 }, list)]);
    expect(times(sent)).toEqual([0, 0, 0, 0, 100, 200, 300, 400]);
  });

  it('is one queue for methods and raw', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa();
    await Promise.all(ways.map(({ call }) => finish(call(dixa))));
    expect(sent).toHaveLength(ways.length);
    expect(times(sent).at(-1)).toBe((ways.length - 4) * 100);
  });

  it('uses a token for each attempt', async () => {
    useFakeClock();
    const answers = Array(6).fill(failure(503, { 'Retry-After': '0' }));
    const { dixa, sent } = fakeDixa(answers, { maxRetries: 6 });
    await resultOf(dixa.list());
    expect(sent).toHaveLength(7);
    expect(excess(times(sent))).toBeLessThanOrEqual(1e-9);
    expect(times(sent).at(-1)).toBeGreaterThanOrEqual(300);
  });

  it('queues a retry behind the waiting calls', async () => {
    useFakeClock();
    const options = { rateLimit: { requestsPerSecond: 1, burst: 1 } };
    const { dixa, sent } = fakeDixa([failure(503, { 'Retry-After': '0' })], options);
    const names = ['first', 'second', 'third'];
    await Promise.all(names.map((name) => finish(dixa.list({ headers: { 'X-Name': name } }))));
    expect(sent.map(({ headers }) => headers.get('x-name'))).toEqual(['first', 'second', 'third', 'first']);
  });

  it('refills its burst after a pause, but not more', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa();
    const volley = () => Promise.all(Array.from({ length: 6 }, () => finish(dixa.list())));
    await volley();
    await pass(60_000);
    const from = sent.length;
    await volley();
    expect(times(sent.slice(from))).toEqual([0, 0, 0, 0, 100, 200]);
  });

  it('can be set', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { rateLimit: { requestsPerSecond: 2 } });
    await Promise.all(Array.from({ length: 6 }, () => finish(dixa.list())));
    expect(times(sent)).toEqual([0, 0, 0, 0, 500, 1_000]);
    const other = fakeDixa([], { rateLimit: { burst: 1 } });
    await Promise.all(Array.from({ length: 3 }, () => finish(other.dixa.list())));
    expect(times(other.sent)).toEqual([0, 100, 200]);
  });

  it('is off if rateLimit is false', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { rateLimit: false });
    await Promise.all(Array.from({ length: 100 }, () => finish(dixa.list())));
    expect(times(sent)).toEqual(Array(100).fill(0));
  });

  it.each(ways)('lets $name leave the queue by its signal, with its reason and at no cost', async ({ call }) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([], { rateLimit: { requestsPerSecond: 1, burst: 1 } });
    await resultOf(dixa.list());
    const controller = new AbortController();
    const aborted = watch(call(dixa, { signal: controller.signal }));
    const next = watch(dixa.list());
    await pass(500);
    const reason = { why: 'not needed any more' };
    controller.abort(reason);
    await pass(0);
    expect(aborted.ended?.error).toBe(reason);
    await finish(next.promise);
    expect(times(sent)).toEqual([0, 1_000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends nothing for a call that is aborted just when it could be sent', async () => {
    useFakeClock();
    const controller = new AbortController();
    const abortOther = (sent: Sent) => {
      controller.abort('too late');
      return success(sent);
    };
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': '5' }), abortOther], { maxRetries: 0 });
    await finish(dixa.list());
    const first = watch(dixa.list());
    const second = watch(dixa.list({ signal: controller.signal }));
    await pass(10_000);
    expect(first.ended).toEqual({ value: [] });
    expect(second.ended).toEqual({ error: 'too late' });
    expect(sent).toHaveLength(2);
  });
});
