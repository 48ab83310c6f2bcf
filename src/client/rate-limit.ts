/** The rate limit of a client, shared by all of its calls. */
export interface RateLimit {
  /** The average number of requests per second. */
  readonly requestsPerSecond: number;
  /** The number of requests that can be sent at the same time after a pause. */
  readonly burst: number;
}

/** The place of one request in the queue. */
export interface Place {
  /** Numbers follow the order of arrival. */
  number: number;
  /** When the request checks again. */
  nextCheckAt: number;
  /** The head of the queue at the last check. */
  head?: Place | undefined;
  /** How many checks in a row found that head overdue. */
  overdueChecks: number;
}

/**
 * A token bucket that releases requests in the order of arrival. It stores only numbers, and each request waits on its own
 * timer: in a Worker, a client is shared by requests whose timers and promises end with them.
 */
export interface RateLimiter {
  /**
   * Checks whether a request may be sent. Returns 0 if it may, the milliseconds until the next check if not yet, or
   * Infinity if not before `deadline`. The first check adds the request to the queue.
   */
  take(place: Place, deadline: number): number;
  /** Removes a request from the queue. */
  leave(place: Place): void;
  /** Releases no request for `ms`. */
  hold(ms: number): void;
  /** How long no request will be released, in milliseconds. */
  heldFor(): number;
}

/**
 * How many checks, a millisecond apart, may find the head of the queue overdue before it is considered dead. Due timers fire
 * within one or two turns of the event loop, except those of a Worker request that has ended: they never fire.
 */
const MAX_OVERDUE_CHECKS = 10;

/** How late timers can be in a busy process, in milliseconds. */
const JITTER = 20;

/** Creates a limiter. `false` means no limit except `hold`. */
export function createRateLimiter(limit: RateLimit | false): RateLimiter {
  const { requestsPerSecond, burst } = limit || { requestsPerSecond: Infinity, burst: 1 };
  const msPerToken = 1000 / requestsPerSecond;
  const queue = new Set<Place>();
  let head: Place | undefined;
  /** The places behind the head. A new iterator would step over all removed places each time. */
  const others = queue.values();
  let lastNumber = 0;
  let heldUntil = -Infinity;
  /** When the bucket was empty. Since then it has gained a token every `msPerToken`. */
  let emptyAt = -Infinity;

  /** Whether the head of the queue is overdue. Removes it if it is dead. */
  const isHeadOverdue = (place: Place, now: number): boolean => {
    if (!head || !queue.has(head)) head = queue.size ? others.next().value : undefined;
    const isOverdue = head !== undefined && head.nextCheckAt + JITTER < now && head !== place;
    place.overdueChecks = isOverdue && head === place.head ? place.overdueChecks + 1 : 0;
    place.head = head;
    if (place.overdueChecks < MAX_OVERDUE_CHECKS) return isOverdue;
    if (head) queue.delete(head);
    return isHeadOverdue(place, now);
  };

  return {
    take(place, deadline) {
      const now = performance.now();
      const start = Math.max(now, heldUntil);
      emptyAt = Math.max(emptyAt, start - burst * msPerToken);
      const isOverdue = isHeadOverdue(place, now);
      const isNew = !queue.has(place);
      if (isNew) place.number = ++lastNumber;
      // An upper bound: some in between may have left.
      const position = Math.min(isNew ? Infinity : place.number - (head?.number ?? 0) + 1, queue.size + Number(isNew));
      const leavesAt = Math.max(start, emptyAt + position * msPerToken);
      if ((isNew ? leavesAt : start) >= deadline) return Infinity;
      if (position === 1 && leavesAt <= now) {
        emptyAt += msPerToken;
        return 0;
      }
      const left = Math.max(1, leavesAt - now);
      // Requests that are due soon, or that watch an overdue head, must not keep the process busy with checks.
      const isSoon = isOverdue || position / 8 > left;
      // Half the time, because others may leave the queue.
      const wait = isSoon ? position / 8 : Math.max(left / 2, msPerToken, start - now);
      // Rounded down to a power of 2^¼: thousands of different delays would slow down Node's timers.
      const ms = Math.ceil(isSoon || wait < left ? 2 ** (Math.floor(4 * Math.log2(wait)) / 4) : left);
      place.nextCheckAt = now + ms;
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
