import type { DedupeStore } from './dedupe.js';

/** What came of an event that is to be handled once. */
export type OnceOutcome = 'handled' | 'duplicate' | 'pending';

/**
 * Runs `handle` unless a copy was or is being handled; rejects where it does, and then leaves the way open for the next
 * copy. If that fails too, `onLeaseKept` is told: the way opens when the lease ends.
 */
export type Once = (
  key: string,
  handle: () => unknown,
  onLeaseKept: (error: unknown) => Promise<unknown>,
) => Promise<OnceOutcome>;

/** How often a lease of another process is looked at, in milliseconds. */
const POLL_MS = 250;

/** Makes the function that handles copies of an event once, in this process and, by the store, in all of them. */
export function createOnce(store: DedupeStore, leaseMs: number, keepMs: number, pendingWaitMs: number): Once {
  const running = new Map<string, Promise<OnceOutcome>>();

  const runOnce: Once = async (key, handle, onLeaseKept) => {
    const deadline = performance.now() + pendingWaitMs;
    for (;;) {
      const { state, token = '' } = await store.claim(key, { leaseMs });
      if (state === 'done') return 'duplicate';
      if (state === 'new') {
        try {
          await handle();
        } catch (error) {
          try {
            await store.release(key, token);
          } catch (failure) {
            await onLeaseKept(failure);
          }
          throw error;
        }
        await store.commit(key, token, { keepMs });
        return 'handled';
      }
      const left = deadline - performance.now();
      if (left <= 0) return 'pending';
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, POLL_MS)));
    }
  };

  // On Workers a request that is cancelled never settles its promises: there each asks the store, as a process does.
  if ('WebSocketPair' in globalThis) return runOnce;
  return async (key, ...rest) => {
    const first = running.get(key);
    if (first) return (await first) === 'handled' ? 'duplicate' : first;
    const run = runOnce(key, ...rest).finally(() => running.delete(key));
    running.set(key, run);
    return run;
  };
}
