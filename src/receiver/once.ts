import { DixaConfigurationError } from '../shared/errors.js';
import type { Claim, DedupeStore } from './dedupe.js';

/** The outcome of an event that must be handled once. */
export type OnceOutcome = 'handled' | 'duplicate' | 'pending';

/**
 * Runs `handle`, unless a duplicate was or is being handled. If `handle` fails, the lease is released for the next duplicate,
 * and the promise rejects. If that fails too, `onLeaseKept` is called: the next duplicate waits until the lease expires.
 */
export type Once = (
  key: string,
  handle: () => unknown,
  onLeaseKept: (error: unknown) => Promise<unknown>,
) => Promise<OnceOutcome>;

/** The interval between claims while another process holds the lease, and between attempts to commit, in milliseconds. */
const POLL_MS = 250;

const WRONG_CLAIM = "claim() of the dedupe store must resolve with a state of 'new', 'pending' or 'done'.";

/** Creates the function that handles an event once, across all processes that share the store. */
export function createOnce(store: DedupeStore, leaseMs: number, keepMs: number, pendingWaitMs: number): Once {
  const running = new Map<string, Promise<OnceOutcome>>();

  /** Retries until the lease expires: without the commit, the event would be handled again. */
  async function commit(key: string, token: string, leaseEndsAt: number): Promise<void> {
    for (;;) {
      try {
        return await store.commit(key, token, { keepMs });
      } catch (error) {
        if (performance.now() + POLL_MS >= leaseEndsAt) throw error;
        await pause(POLL_MS);
      }
    }
  }

  const runOnce: Once = async (key, handle, onLeaseKept) => {
    let deadline: number | undefined;
    for (;;) {
      const claimedAt = performance.now();
      const { state, token = '' } = Object(await store.claim(key, { leaseMs })) as Claim;
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
        await commit(key, token, claimedAt + leaseMs);
        return 'handled';
      }
      if (state !== 'pending') throw new DixaConfigurationError(WRONG_CLAIM);
      const now = performance.now();
      deadline ??= now + pendingWaitMs;
      if (now >= deadline) return 'pending';
      await pause(Math.min(deadline - now, POLL_MS));
    }
  };

  // On Workers, promises of a cancelled request never settle, so each request uses the store, like a process elsewhere.
  if ('WebSocketPair' in globalThis) return runOnce;
  return (key, handle, onLeaseKept) => {
    const first = running.get(key);
    if (first) return first.then((outcome) => (outcome === 'handled' ? 'duplicate' : outcome));
    const run = runOnce(key, handle, onLeaseKept);
    running.set(key, run);
    const forget = () => void running.delete(key);
    run.then(forget, forget);
    return run;
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
