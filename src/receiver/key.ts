import { importKey, type Key } from '#hmac';

/** Keys that were made before, so that a delivery does not make them again. */
const keys = new Map<string, Key>();
const MOST_KEYS = 100;

/** The key of a secret that was checked. */
export function keyOf(secret: string): Key {
  const known = keys.get(secret);
  if (known) return known;
  const key = importKey(Uint8Array.from(secret.match(/../g) ?? [], (pair) => Number(`0x${pair}`)));
  keys.set(secret, key);
  if (keys.size > MOST_KEYS) keys.delete(keys.keys().next().value as string);
  return key;
}

/** Whether a secret has a key, and so was checked before. */
export function hasKey(secret: unknown): secret is string {
  return keys.has(secret as string);
}
