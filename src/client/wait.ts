/**
 * Waits for something that can be given up. `start` gets the function that ends the wait with its result, and gives
 * the one that tidies up after it, however it ended. Rejects with the signal's reason as soon as that aborts.
 */
export function abortable<Result>(
  signal: AbortSignal | undefined,
  start: (end: (result: Result) => void) => () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const leave = () => {
      signal?.removeEventListener('abort', abort);
      tidyUp();
    };
    const abort = () => {
      leave();
      reject(signal?.reason);
    };
    const tidyUp = start((result) => {
      leave();
      resolve(result);
    });
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort(); // What was started may have done it.
  });
}
