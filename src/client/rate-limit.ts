/** How fast a client sends, all its calls together. */
export interface RateLimit {
  /** Requests a second, on average. */
  readonly requestsPerSecond: number;
  /** Requests that may leave at once after a pause. */
  readonly burst: number;
}

/** A token bucket that lets requests out in the order in which they came. */
export interface RateLimiter {
  /**
   * Waits until one request may leave. Gives false, as soon as it is known, where that would be after `deadline`, in
   * milliseconds of the monotonic clock; rejects with the signal's reason when that aborts.
   */
  take(deadline: number, signal?: AbortSignal): boolean | Promise<boolean>;
  /** How long a request that came now would wait, in milliseconds. */
  waitMs(): number;
  /** Lets nothing out for so many milliseconds. */
  hold(ms: number): void;
}

interface Waiter {
  readonly deadline: number;
  settle(mayLeave: boolean): void;
}

/** The longest delay that timers know, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Makes a limiter; `false` lets everything out that is not held. */
export function createRateLimiter(limit: RateLimit | false): RateLimiter {
  const { requestsPerSecond, burst } = limit || { requestsPerSecond: 0, burst: Infinity };
  const waiting = new Set<Waiter>();
  let tokens = burst;
  let filledAt = 0;
  let heldUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** How long the request at this position of the queue has to wait, in milliseconds. */
  const waitFor = (position: number) => {
    const now = performance.now();
    const tokensAfter = (ms: number) => Math.min(burst, tokens + (ms * requestsPerSecond) / 1000);
    tokens = tokensAfter(now - filledAt);
    filledAt = now;
    const held = Math.max(0, heldUntil - now);
    const missing = position - tokensAfter(held);
    return missing > 0 ? held + (missing / requestsPerSecond) * 1000 : held;
  };

  /** Lets out what may leave, and comes back when the next one may. */
  const release = () => {
    clearTimeout(timer);
    for (const waiter of waiting) {
      const ms = waitFor(1);
      if (ms > 0) {
        timer = setTimeout(release, Math.min(Math.ceil(ms), LONGEST_TIMER));
        return;
      }
      // A timer may be late.
      const mayLeave = performance.now() < waiter.deadline;
      if (mayLeave) tokens -= 1;
      waiter.settle(mayLeave);
    }
  };

  const isLate = ({ deadline }: Waiter, position: number) => performance.now() + waitFor(position) > deadline;

  return {
    take(deadline, signal) {
      if (performance.now() >= deadline) return false;
      if (waiting.size === 0 && waitFor(1) === 0) {
        tokens -= 1;
        return true;
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          signal?.removeEventListener('abort', abort);
          waiting.delete(waiter);
          if (waiting.size === 0) clearTimeout(timer);
        };
        const abort = () => {
          leave();
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          deadline,
          settle(mayLeave) {
            leave();
            resolve(mayLeave);
          },
        };
        signal?.addEventListener('abort', abort);
        waiting.add(waiter);
        if (isLate(waiter, waiting.size)) waiter.settle(false);
        else if (waiting.size === 1) release();
      });
    },
    waitMs: () => waitFor(waiting.size + 1),
    hold(ms) {
      heldUntil = Math.max(heldUntil, performance.now() + ms);
      let position = 1;
      for (const waiter of waiting) {
        if (isLate(waiter, position)) waiter.settle(false);
        else position += 1;
      }
      release();
    },
  };
}
