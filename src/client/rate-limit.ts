/** How fast a client sends, all its calls together. */
export interface RateLimit {
  /** Requests a second, on average. */
  readonly requestsPerSecond: number;
  /** Requests that may be sent together after a pause. */
  readonly burst: number;
}

/** The place of one request in the queue. */
export interface Place {
  /** Places are numbered in the order in which they were taken. */
  number: number;
  /** When its request asks again. */
  asksAt: number;
  /** The head of the queue when the request last asked, and how often it has asked since that should have asked. */
  head?: Place | undefined;
  vainAsks: number;
}

/**
 * A token bucket that lets requests out in the order in which they came. It holds only numbers, and each request waits
 * on a timer of its own: in a Worker a client is shared by requests whose timers and promises end with them.
 */
export interface RateLimiter {
  /**
   * Asks whether a request may be sent. Returns 0 if so, the milliseconds after which to ask again if not yet, or
   * Infinity if not before `deadline`. The first time it takes its place in the queue.
   */
  take(place: Place, deadline: number): number;
  /** Gives up a place. */
  leave(place: Place): void;
  /** Lets nothing out for `ms`. */
  hold(ms: number): void;
  /** How long nothing is let out, in milliseconds. */
  heldFor(): number;
}

/**
 * How often a request asks, a millisecond apart, for a head of the queue that should have asked already, until it takes
 * it for dead. All timers that are due fire within a turn or two of the event loop, but those of a Worker's request that
 * has ended never do.
 */
const PATIENCE = 10;

/** By how much timers are late in a process that is busy, in milliseconds. */
const JITTER = 20;

/** Makes a limiter; `false` lets everything out that is not held. */
export function createRateLimiter(limit: RateLimit | false): RateLimiter {
  const { requestsPerSecond, burst } = limit || { requestsPerSecond: Infinity, burst: 1 };
  const msPerToken = 1000 / requestsPerSecond;
  const queue = new Set<Place>();
  let head: Place | undefined;
  /** The places behind the head. A new iterator would pass over all that have left, each time. */
  const others = queue.values();
  let lastNumber = 0;
  let heldUntil = -Infinity;
  /** When the bucket was empty: it has gained a token every `msPerToken` since. */
  let emptyAt = -Infinity;

  /** Whether the head of the queue is late. Removes it if it is dead. */
  const isHeadLate = (place: Place, now: number): boolean => {
    if (!head || !queue.has(head)) head = queue.size ? others.next().value : undefined;
    const isLate = head !== undefined && head.asksAt + JITTER < now && head !== place;
    place.vainAsks = isLate && head === place.head ? place.vainAsks + 1 : 0;
    place.head = head;
    if (place.vainAsks < PATIENCE) return isLate;
    if (head) queue.delete(head);
    return isHeadLate(place, now);
  };

  return {
    take(place, deadline) {
      const now = performance.now();
      const start = Math.max(now, heldUntil);
      emptyAt = Math.max(emptyAt, start - burst * msPerToken);
      const isLate = isHeadLate(place, now);
      const isNew = !queue.has(place);
      if (isNew) place.number = ++lastNumber;
      // It may be less, if some in between have left.
      const position = Math.min(isNew ? Infinity : place.number - (head?.number ?? 0) + 1, queue.size + Number(isNew));
      const leavesAt = Math.max(start, emptyAt + position * msPerToken);
      if ((isNew ? leavesAt : start) >= deadline) return Infinity;
      if (position === 1 && leavesAt <= now) {
        emptyAt += msPerToken;
        return 0;
      }
      const left = Math.max(1, leavesAt - now);
      // Together, those that may leave soon or that watch a late head must not fill the time.
      const isSoon = isLate || position / 8 > left;
      // Halfway, because others may give up their places.
      const wait = isSoon ? position / 8 : Math.max(left / 2, msPerToken, start - now);
      // Rounded down to a power of 2^¼: thousands of different times would make the timers of Node slow.
      const ms = Math.ceil(isSoon || wait < left ? 2 ** (Math.floor(4 * Math.log2(wait)) / 4) : left);
      place.asksAt = now + ms;
      queue.add(place);
      return ms;
    },
    leave: (place) => queue.delete(place),
    hold(ms) {
      heldUntil = Math.max(heldUntil, performance.now() + ms);
    },
    heldFor: () => heldUntil - performance.now(),
  };
}
