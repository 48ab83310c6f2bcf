import { describe, expect, it, vi } from 'vitest';
import { oneOfEach, type Way } from '../../support/every-call.js';
import { finish, pass, resultOf, useFakeClock, watch } from '../../support/fake-clock.js';
import {
  type Answer,
  failure,
  fakeDixa,
  lost,
  refused,
  silence,
  stalledBody,
  success,
} from '../../support/fake-dixa.js';

/** A signal that counts the listeners that are on it. */
function countedSignal(): { controller: AbortController; listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  const on = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  vi.spyOn(signal, 'addEventListener').mockImplementation((...listener: Parameters<typeof add>) => {
    on.add(listener[1]);
    add(...listener);
  });
  vi.spyOn(signal, 'removeEventListener').mockImplementation((...listener: Parameters<typeof remove>) => {
    on.delete(listener[1]);
    remove(...listener);
  });
  return { controller, listeners: () => on.size };
}

const endings: readonly (readonly [string, readonly Answer[]])[] = [
  ['success', [success]],
  ['an HTTP error', [failure(400)]],
  ['a retry', [failure(429, { 'Retry-After': '3' }), success]],
  ['retries used up', Array(3).fill(failure(503))],
  ['a long Retry-After', [failure(429, { 'Retry-After': '3600' })]],
  ['connections lost', Array(3).fill(lost)],
  ['connections refused', Array(3).fill(refused)],
  ['attempts timed out', Array(3).fill(silence)],
  ['bodies that stall', Array(3).fill(stalledBody)],
  ['a reply that cannot be used', [() => new Response('<html>')]],
  ['a redirect', [() => new Response(null, { status: 302, headers: { Location: '/' } })]],
];

describe.each(oneOfEach)('$name', ({ call }: Way) => {
  it.each(endings)('leaves no timer and no listener after %s', async (_, answers) => {
    useFakeClock();
    const { controller, listeners } = countedSignal();
    const { dixa } = fakeDixa(answers);
    await finish(call(dixa, { signal: controller.signal }));
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners()).toBe(0);
  });

  it.each([
    ['waiting for headers', [silence]],
    ['within the body', [stalledBody]],
    ['in a pause', [failure(429, { 'Retry-After': '9' })]],
  ] as const)('leaves no timer and no listener when it is aborted %s', async (_, answers) => {
    useFakeClock();
    const { controller, listeners } = countedSignal();
    const { dixa } = fakeDixa(answers, { rateLimit: false });
    const watched = watch(call(dixa, { signal: controller.signal }));
    await pass(10);
    const during = [listeners(), vi.getTimerCount()];
    controller.abort('enough');
    await pass(0);
    expect(watched.ended).toBeDefined();
    if (watched.ended?.error) expect(during).toEqual([1, 1]);
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('leaves no timer and no listener when it is aborted in the queue', async () => {
    useFakeClock();
    const { controller, listeners } = countedSignal();
    const { dixa } = fakeDixa([], { rateLimit: { requestsPerSecond: 1, burst: 1 } });
    await resultOf(dixa.list());
    const watched = watch(call(dixa, { signal: controller.signal }));
    await pass(10);
    expect([listeners(), vi.getTimerCount()]).toEqual([1, 1]);
    controller.abort('enough');
    await pass(0);
    expect(watched.ended).toEqual({ error: 'enough' });
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('leaves no timer and no listener when onRetry aborts it', async () => {
    useFakeClock();
    const { controller, listeners } = countedSignal();
    const onRetry = () => controller.abort('enough');
    const { dixa, sent } = fakeDixa([failure(429, { 'Retry-After': '9' })], { onRetry });
    const watched = watch(call(dixa, { signal: controller.signal }));
    await pass(0);
    expect(watched.ended).toEqual({ error: 'enough' });
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
    expect(sent).toHaveLength(1);
  });

  it('leaves no timer and no listener when totalTimeoutMs ends it', async () => {
    useFakeClock();
    const { controller, listeners } = countedSignal();
    const { dixa } = fakeDixa([silence], { totalTimeoutMs: 700 });
    await finish(call(dixa, { signal: controller.signal }));
    await finish(call(fakeDixa([failure(429)], { totalTimeoutMs: 1 }).dixa, { signal: controller.signal }));
    expect([listeners(), vi.getTimerCount()]).toEqual([0, 0]);
  });
});
