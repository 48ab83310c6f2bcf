/** What a store says of a key: nobody has it, somebody is at it, or it was handled. */
export interface Claim {
  readonly state: 'new' | 'pending' | 'done';
  /** Proves whose lease it is; only with `'new'`. */
  readonly token?: string | undefined;
}

/** Remembers which events were handled. A token whose key another claim has taken over does nothing. */
export interface DedupeStore {
  /** Takes a lease on a key that nobody has. */
  claim(key: string, options: { readonly leaseMs: number }): Promise<Claim> | Claim;
  /** Marks the key as handled, for so long; also where the lease has ended, if nobody has claimed the key since. */
  commit(key: string, token: string, options: { readonly keepMs: number }): Promise<void> | void;
  /** Gives up the lease, so that the next copy is handled. */
  release(key: string, token: string): Promise<void> | void;
}

/** How copies of an event are found. Dixa sends them now and then, two or three at once (observed). */
export interface DedupeOptions {
  readonly store: DedupeStore;
  /**
   * What makes two deliveries copies: the `event_id` under the same secret, that is of the same subscription, or the
   * `event_id` alone. The latter is for replacing a subscription, when each event comes under two secrets.
   * @default 'secret'
   */
  readonly by?: 'secret' | 'event' | undefined;
  /**
   * How long a handler may take before another process may handle a copy, in milliseconds. In the same process copies
   * wait for it however long it takes; on Workers each request counts as a process.
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
 * A store in memory, for one process. It remembers the last 10,000 events that were handled, and all that are being handled.
 * What has outlived `keepMs` counts for nothing, and goes when newer ones push it out.
 * @example createReceiver({ secret, dedupe: memoryDedupe() })
 */
export function memoryDedupe(): DedupeStore {
  const leases = new Map<string, { readonly token: string; readonly endsAt: number }>();
  /** When what was handled is forgotten; the oldest stands first. */
  const done = new Map<string, number>();
  // Stays where it is: from its start, a Map walks over all that was deleted there.
  const oldest = done.keys();
  /** How many leases it takes to look for expired ones: twice as many as were left, so that the cost per claim is constant. */
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
