import { hmac, importKey, type Key } from '#hmac';

/** What is computed once per secret, not once per delivery. */
interface Known {
  readonly key: Key;
  scope?: string;
}

const known = new Map<string, Known>();
/** The secrets, oldest first. Kept, because a new iterator walks over everything that was deleted from the start of a Map. */
const oldest = /* @__PURE__ */ known.keys();

/** How many secrets are kept: with more subscriptions than this, a delivery may have to import its key. */
const MOST_KEYS = 1_000;

function knownOf(secret: string): Known {
  let found = known.get(secret);
  if (!found) {
    found = { key: importKey(secret) };
    known.set(secret, found);
    if (known.size > MOST_KEYS) known.delete(oldest.next().value as string);
  }
  return found;
}

/** The key of a secret that was checked. */
export function keyOf(secret: string): Key {
  return knownOf(secret).key;
}

/**
 * Begins the dedupe keys of a secret that was checked, without revealing it. The value is kept, not its promise: in a Worker
 * the promise would belong to a request that may have ended.
 */
export async function scopeOf(secret: string): Promise<string> {
  const found = knownOf(secret);
  found.scope ??= `${(await hmac(found.key, 'dedupe', new Uint8Array())).slice(0, 16)}:`;
  return found.scope;
}

/** Whether a secret has a key, and so was checked before. */
export function hasKey(secret: unknown): secret is string {
  return known.has(secret as string);
}
