/**
 * The result of a claim: it got the lease (`new`), another claim holds it (`pending`), or the event was handled
 * (`done`).
 */
export interface Claim {
  readonly state: 'new' | 'pending' | 'done';
  /** Identifies the lease, for `commit` and `release`. Only with `'new'`. */
  readonly token?: string | undefined;
}

/** Remembers which events were handled. A token has no effect once another claim has taken over its key. */
export interface DedupeStore {
  /** Takes a lease on a key, unless another claim holds it or the event was handled. `leaseMs` is in milliseconds. */
  claim(key: string, options: { readonly leaseMs: number }): Promise<Claim> | Claim;
  /**
   * Marks the event as handled for `keepMs` milliseconds, even after the lease has expired if no other claim has taken
   * the key.
   */
  commit(key: string, token: string, options: { readonly keepMs: number }): Promise<void> | void;
  /** Releases the lease, so that the next duplicate is handled. */
  release(key: string, token: string): Promise<void> | void;
}

/** How duplicate events are detected. Dixa sometimes sends two or three at the same time (observed). */
export interface DedupeOptions {
  readonly store: DedupeStore;
  /**
   * What makes two deliveries duplicates. `'secret'`: the same `event_id` and the same secret, so the same subscription.
   * `'event'`: the same `event_id`. Use it while you replace a subscription, because each event then arrives twice, with
   * different secrets.
   * @default 'secret'
   */
  readonly by?: 'secret' | 'event' | undefined;
  /**
   * How long a handler may take, in milliseconds, before another process may handle a duplicate. In the same process,
   * duplicates wait until the handler is done. On Workers, each request counts as a process.
   * @default 60_000
   */
  readonly leaseMs?: number | undefined;
  /**
   * How long a handled event is remembered, in milliseconds.
   * @default 86_400_000 // a day
   */
  readonly keepMs?: number | undefined;
}

/** How many handled events {@link memoryDedupe} remembers. */
const MOST_DONE = 10_000;

/** With fewer leases than this, {@link memoryDedupe} does not look for expired ones. */
const FEW_LEASES = 1_000;

/**
 * An in-memory store, for one process. It remembers the last 10,000 handled events, each for `keepMs`, and all events
 * that are being handled.
 * @example createReceiver({ secret, dedupe: memoryDedupe() })
 */
export function memoryDedupe(): DedupeStore {
  const leases = new Map<string, { readonly token: string; readonly endsAt: number }>();
  /** When each handled event expires, by its key, oldest first. */
  const done = new Map<string, number>();
  // Reused, because a new iterator first skips all entries that were deleted from the start of a Map.
  const oldest = done.keys();
  /**
   * The number of leases at which to look for expired ones: twice as many as were left, for a constant cost per claim.
   */
  let crowd = FEW_LEASES;
  let claims = 0;

  return {
    claim(key, { leaseMs }) {
      const now = performance.now();
      if ((done.get(key) ?? 0) > now) return { state: 'done' };
      if ((leases.get(key)?.endsAt ?? 0) > now) return { state: 'pending' };
      if (leases.size >= crowd) {
        for (const [old, { endsAt }] of leases) if (endsAt <= now) leases.delete(old);
        crowd = FEW_LEASES + 2 * leases.size;
      }
      claims += 1;
      const token = `${claims}`;
      leases.set(key, { token, endsAt: now + leaseMs });
      return { state: 'new', token };
    },
    commit(key, token, { keepMs }) {
      const now = performance.now();
      if ((leases.get(key)?.token ?? token) !== token || (done.get(key) ?? 0) > now) return;
      leases.delete(key);
      done.delete(key);
      done.set(key, now + keepMs);
      if (done.size > MOST_DONE) done.delete(oldest.next().value as string);
    },
    release(key, token) {
      if (leases.get(key)?.token === token) leases.delete(key);
    },
  };
}
