/** A wait that can be ended. */
export interface Timer {
  /** Resolves after the time; rejects with the signal's reason as soon as that aborts. */
  readonly elapsed: Promise<void>;
  /** Ends the wait and leaves nothing behind. */
  readonly clear: () => void;
}

/** Waits so many milliseconds. */
export function startTimer(ms: number, signal?: AbortSignal): Timer {
  let clear = () => {};
  const elapsed = new Promise<void>((resolve, reject) => {
    const abort = () => {
      clear();
      reject(signal?.reason);
    };
    const id = setTimeout(() => {
      clear();
      resolve();
    }, ms);
    clear = () => {
      clearTimeout(id);
      signal?.removeEventListener('abort', abort);
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });
  return { elapsed, clear };
}
