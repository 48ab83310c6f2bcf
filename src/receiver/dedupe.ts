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
  /** Gives the lease up, so that the next copy is handled. */
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
   * wait for it however long it takes.
   * @default 60_000
   */
  readonly leaseMs?: number | undefined;
  /**
   * How long a handled event is remembered, in milliseconds.
   * @default 86_400_000 // a day
   */
  readonly keepMs?: number | undefined;
}

/** How many keys {@link memoryDedupe} holds, unless more than that are being handled. */
const MOST_KEYS = 10_000;

/**
 * A store in memory, for one process. It holds 10,000 keys, forgets the oldest first, and never one that is being handled.
 * @example createReceiver({ secret, dedupe: memoryDedupe() })
 */
export function memoryDedupe(): DedupeStore {
  const leases = new Map<string, { readonly token: string; readonly endsAt: number }>();
  const done = new Map<string, { readonly endsAt: number }>();

  return {
    claim(key, { leaseMs }) {
      const now = performance.now();
      if ((done.get(key)?.endsAt ?? 0) > now) return { state: 'done' };
      if ((leases.get(key)?.endsAt ?? 0) > now) return { state: 'pending' };
      // The oldest stand first: what has ended goes, and of what was handled also what is too many.
      for (const [old, { endsAt }] of leases) {
        if (endsAt > now) break;
        leases.delete(old);
      }
      for (const [old, { endsAt }] of done) {
        if (endsAt > now && done.size + leases.size < MOST_KEYS) break;
        done.delete(old);
      }
      const token = crypto.randomUUID();
      leases.delete(key);
      leases.set(key, { token, endsAt: now + leaseMs });
      return { state: 'new', token };
    },
    commit(key, token, { keepMs }) {
      const now = performance.now();
      if ((leases.get(key)?.token ?? token) !== token || (done.get(key)?.endsAt ?? 0) > now) return;
      leases.delete(key);
      done.delete(key);
      done.set(key, { endsAt: now + keepMs });
    },
    release(key, token) {
      if (leases.get(key)?.token === token) leases.delete(key);
    },
  };
}
