import { onTestFinished, vi } from 'vitest';

/** The moment at which every fake clock starts: the epoch time that dates in headers are counted from. */
export const startOfTime = Date.parse('2026-11-23T08:00:00Z');

/** Replaces timers and both clocks for one test; time then passes only where the test says so. */
export function useFakeClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'], now: startOfTime });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** How a promise ended. */
export type Ended<T> = { readonly value: T; readonly error?: undefined } | { readonly error: unknown };

/** Watches a promise, so that a rejection that nobody awaits yet is none that nobody handles. */
export function watch<T>(promise: Promise<T>): { ended?: Ended<T>; readonly promise: Promise<Ended<T>> } {
  const watched: { ended?: Ended<T>; promise: Promise<Ended<T>> } = {
    promise: promise.then(
      (value): Ended<T> => ({ value }),
      (error: unknown): Ended<T> => ({ error }),
    ),
  };
  watched.promise.then((ended) => {
    watched.ended = ended;
  });
  return watched;
}

/** Lets so much time pass, and everything that waits for it happen. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** Advances time until the promise settles, and returns the outcome. Fails if no timer is left. */
export async function finish<T>(promise: Promise<T>): Promise<Ended<T>> {
  const watched = watch(promise);
  await pass(0);
  for (let timers = 0; watched.ended === undefined && timers < 10_000; timers += 1) {
    await vi.advanceTimersToNextTimerAsync();
  }
  if (watched.ended === undefined) throw new Error('The promise never ends.');
  return watched.ended;
}

/** The error with which the promise ends, whatever time it takes. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  const ended = await finish(promise);
  if ('value' in ended) throw new Error('The call was to fail, but it succeeded.');
  return ended.error;
}

/** The value with which the promise ends, whatever time it takes. */
export async function resultOf<T>(promise: Promise<T>): Promise<T> {
  const ended = await finish(promise);
  if ('value' in ended) return ended.value;
  throw ended.error;
}
