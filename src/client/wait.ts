/** The reason of a call's internal signal when `totalTimeoutMs` is over. */
export const timeIsUp = Symbol('timeIsUp');

/**
 * Resolves with the result of `work`, or with undefined after `ms` or as soon as `stop` aborts, whichever comes first.
 * Without `work` it is a delay. Rejects only if `work` rejects.
 */
export function within<T>(ms: number, stop: AbortSignal | undefined, work?: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const then =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', giveUp);
        settle(value);
      };
    const giveUp = () => then(resolve)(undefined);
    const timer = startTimer(giveUp, ms);
    stop?.addEventListener('abort', giveUp);
    if (stop?.aborted) giveUp();
    work?.then(then(resolve), then(reject));
  });
}

/**
 * Runs `work` until it settles, `signal` aborts or `ms` have passed, and aborts the signal that `work` receives, if
 * anything can stop it. `onTimeIsUp` provides the result after `ms`.
 */
export function untilStopped<T>(
  signal: AbortSignal | undefined,
  ms: number,
  work: (stop?: AbortSignal) => Promise<T>,
  onTimeIsUp: () => Promise<T>,
): Promise<T> {
  if (!signal && ms === Infinity) return work();
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal));
    const controller = new AbortController();
    const leave = () => {
      clearTimeout(timer);
      if (signal) removeAbortListener(signal, abort);
    };
    const abort = () => {
      const reason = signal && reasonOf(signal);
      leave();
      reject(reason);
      controller.abort(reason);
    };
    const timer = startTimer(() => {
      leave();
      controller.abort(timeIsUp);
      onTimeIsUp().then(resolve, reject);
    }, ms);
    if (signal) addAbortListener(signal, abort);
    work(controller.signal).finally(leave).then(resolve, reject);
  });
}

/** Limits the delay: timers of more than 2^31 - 1 ms fire immediately. */
function startTimer(callback: () => void, ms: number) {
  return ms < Infinity ? setTimeout(callback, Math.min(ms, 2 ** 31 - 1)) : undefined;
}

/** The reason of a signal. Those of a polyfill may have none. */
function reasonOf(signal: AbortSignal): unknown {
  return 'reason' in signal ? signal.reason : new DOMException('This operation was aborted', 'AbortError');
}

/**
 * The calls that each signal aborts. A signal gets one listener for all of its calls: adding and removing thousands takes
 * quadratic time, and Node warns about more than ten.
 */
const calls = new WeakMap<AbortSignal, { readonly aborts: Set<() => void>; readonly listener: () => void }>();

function addAbortListener(signal: AbortSignal, abort: () => void): void {
  let entry = calls.get(signal);
  if (!entry) {
    const aborts = new Set<() => void>();
    const listener = () => {
      for (const each of aborts) each();
    };
    entry = { aborts, listener };
    calls.set(signal, entry);
    signal.addEventListener('abort', entry.listener);
  }
  entry.aborts.add(abort);
}

function removeAbortListener(signal: AbortSignal, abort: () => void): void {
  const entry = calls.get(signal);
  entry?.aborts.delete(abort);
  if (entry?.aborts.size !== 0) return;
  calls.delete(signal);
  signal.removeEventListener('abort', entry.listener);
}
