/** How fast a client sends, all its calls together. */
export interface RateLimit {
  /** Requests a second, on average. */
  readonly requestsPerSecond: number;
  /** Requests that may leave at once after a pause. */
  readonly burst: number;
}

interface Waiter {
  /** When it must have left, in milliseconds of the monotonic clock. */
  readonly deadline: number;
  readonly settle: (sent: boolean) => void;
}

/** The longest delay that timers know. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A token bucket that lets requests out in the order in which they came. */
export class RateLimiter {
  readonly #perMs: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt = performance.now();
  #heldUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Set<Waiter>();

  /** `false` lets all requests pass, but for {@link hold}. */
  constructor(limit: RateLimit | false) {
    this.#perMs = limit ? limit.requestsPerSecond / 1000 : 0;
    this.#burst = limit ? limit.burst : Infinity;
    this.#tokens = this.#burst;
  }

  /** How long a request that came now would wait, in milliseconds. */
  get waitMs(): number {
    return this.#waitFor(this.#waiting.size + 1);
  }

  /**
   * Waits until one request may leave. Gives false, at once, where that would be after `deadline` (in milliseconds of
   * the monotonic clock); rejects with the signal's reason when it aborts.
   */
  take(deadline: number, signal?: AbortSignal): true | Promise<boolean> {
    if (this.#waiting.size === 0 && this.#waitFor(1) === 0) {
      this.#tokens -= 1;
      return true;
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        deadline,
        settle: (sent) => {
          this.#waiting.delete(waiter);
          signal?.removeEventListener('abort', abort);
          resolve(sent);
        },
      };
      const abort = () => {
        this.#waiting.delete(waiter);
        reject(signal?.reason);
        if (this.#waiting.size === 0) this.#rearm();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiter);
      if (performance.now() + this.#waitFor(this.#waiting.size) > deadline) waiter.settle(false);
      else if (this.#waiting.size === 1) this.#rearm();
    });
  }

  /** Lets nothing out for so long. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    let position = 0;
    for (const waiter of this.#waiting) {
      position += 1;
      if (performance.now() + this.#waitFor(position) > waiter.deadline) {
        waiter.settle(false);
        position -= 1;
      }
    }
    this.#rearm();
  }

  /** How long the request at this position of the queue has to wait, in milliseconds. */
  #waitFor(position: number): number {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    const held = Math.max(0, this.#heldUntil - now);
    const tokensThen = Math.min(this.#burst, this.#tokens + held * this.#perMs);
    return tokensThen >= position ? held : held + (position - tokensThen) / this.#perMs;
  }

  #rearm(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => this.#release(), Math.min(Math.ceil(this.#waitFor(1)), LONGEST_TIMER));
  }

  #release(): void {
    for (const waiter of this.#waiting) {
      if (this.#waitFor(1) > 0) break;
      this.#tokens -= 1;
      waiter.settle(true);
    }
    this.#rearm();
  }
}
