import { abortable } from './wait.js';

/** How fast a client sends, all its calls together. */
export interface RateLimit {
  /** Requests a second, on average. */
  readonly requestsPerSecond: number;
  /** Requests that may leave at once after a pause. */
  readonly burst: number;
}

/** A token bucket that lets requests out in the order in which they came. Times are those of the monotonic clock. */
export interface RateLimiter {
  /**
   * Waits until one request may leave. Gives false, as soon as it is known, where that would not be before `deadline`;
   * rejects with the signal's reason when that aborts.
   */
  take(deadline: number, signal?: AbortSignal): boolean | Promise<boolean>;
  /** When a request that came now could leave. */
  nextLeave(): number;
  /** Lets nothing out for so many milliseconds. */
  hold(ms: number): void;
}

interface Waiter {
  readonly deadline: number;
  readonly end: (mayLeave: boolean) => void;
}

/** Makes a limiter; `false` lets everything out that is not held. */
export function createRateLimiter(limit: RateLimit | false): RateLimiter {
  const { requestsPerSecond, burst } = limit || { requestsPerSecond: Infinity, burst: 1 };
  const msPerToken = 1000 / requestsPerSecond;
  const waiting = new Set<Waiter>();
  let heldUntil = 0;
  /** When the bucket was empty: it has gained a token every `msPerToken` since. */
  let emptyAt = -Infinity;
  /** Whether requests that wait will leave later than was said: all of them must be judged again, not only the first. */
  let isLate = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** When the request at this position of the queue may leave. */
  const leaveAt = (position: number) => {
    const start = Math.max(performance.now(), heldUntil);
    const fullAt = start - burst * msPerToken;
    if (fullAt > emptyAt) {
      emptyAt = fullAt;
      isLate = true;
    }
    return Math.max(start, emptyAt + position * msPerToken);
  };

  /** Whether a request at this position may leave: undefined as long as it has to wait. */
  const judge = (deadline: number, position: number) => {
    const time = leaveAt(position);
    if (time >= deadline) return false;
    if (position > 1 || time > performance.now()) return undefined;
    emptyAt += msPerToken;
    return true;
  };

  /** Lets out what may leave, and turns away what cannot leave in time. */
  const serve = () => {
    let position = 1;
    for (const { deadline, end } of waiting) {
      const mayLeave = judge(deadline, position);
      if (mayLeave !== undefined) end(mayLeave);
      else if (isLate) position += 1;
      else break;
    }
    isLate = false;
    comeBack();
  };

  /** Serves again when the next one may leave. */
  const comeBack = () => {
    clearTimeout(timer);
    if (waiting.size) timer = setTimeout(serve, leaveAt(1) - performance.now());
  };

  return {
    take: (deadline, signal) =>
      judge(deadline, waiting.size + 1) ??
      abortable(signal, (end) => {
        const waiter = { deadline, end };
        waiting.add(waiter);
        if (waiting.size === 1) comeBack();
        return () => {
          waiting.delete(waiter);
          comeBack();
        };
      }),
    nextLeave: () => leaveAt(waiting.size + 1),
    hold(ms) {
      heldUntil = Math.max(heldUntil, performance.now() + ms);
      isLate = true;
      serve();
    },
  };
}
