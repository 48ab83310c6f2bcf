import { hmac, importKey, type Key } from '#hmac';

/** What is computed once per secret, not once per delivery. */
interface Known {
  readonly key: Key;
  /** Kept as a value, not as a promise: in a Worker the promise would belong to a request that may have ended. */
  scope?: string;
}

const known = new Map<string, Known>();

/** The secrets, oldest first. Reused, because a new iterator first skips all deleted entries at the start of a Map. */
const oldest = /* @__PURE__ */ known.keys();

/** How many secrets are kept: with more subscriptions than this, a delivery may have to import its key again. */
const MOST_KEYS = 1_000;

/** The longest `event_id` that is used without hashing, in characters. A UUID has 36. */
const LONGEST_ID = 100;

/** The key that hashes longer ids. It is not secret. */
const HASH_KEY = '00'.repeat(32);

const nothing = /* @__PURE__ */ new Uint8Array();

function knownOf(secret: string): Known {
  let found = known.get(secret);
  if (!found) {
    found = { key: importKey(secret) };
    known.set(secret, found);
    if (known.size > MOST_KEYS) known.delete(oldest.next().value as string);
  }
  return found;
}

/** The key of a checked secret. */
export function keyOf(secret: string): Key {
  return knownOf(secret).key;
}

/**
 * The key by which duplicates of an event are found: its `event_id` (hashed if it is long), preceded by a fingerprint of the
 * secret if one is given. The fingerprint does not reveal the secret.
 */
export async function dedupeKey(eventId: string, secret: string | undefined): Promise<string> {
  const id = eventId.length > LONGEST_ID ? await hmac(keyOf(HASH_KEY), eventId, nothing) : eventId;
  if (secret === undefined) return id;
  const found = knownOf(secret);
  found.scope ??= `${(await hmac(found.key, 'dedupe', nothing)).slice(0, 16)}:`;
  return found.scope + id;
}

/** Whether a secret has a key, which means that it was checked before. */
export function hasKey(secret: unknown): secret is string {
  return known.has(secret as string);
}
