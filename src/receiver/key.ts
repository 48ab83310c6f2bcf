import { importKey, type Key } from '#hmac';

/** Keys that were made before, so that a delivery does not make them again. */
const keys = new Map<string, Key | Promise<Key>>();
const MOST_KEYS = 100;

/** The key of a secret that was checked. */
export function keyOf(secret: string): Key | Promise<Key> {
  const known = keys.get(secret);
  if (known) return known;
  const bytes = secret.match(/../g)?.map((pair) => Number.parseInt(pair, 16));
  const key = importKey(Uint8Array.from(bytes ?? []));
  keys.set(secret, key);
  if (keys.size > MOST_KEYS) keys.delete(keys.keys().next().value as string);
  return key;
}
