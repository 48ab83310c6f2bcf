import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** A key that is imported once and used often. */
export type Key = KeyObject;

/** Makes a key from the hex of its bytes. */
export function importKey(hex: string): Key {
  return createSecretKey(hex, 'hex');
}

/** The HMAC-SHA256 of a text and the bytes that follow it, as lower-case hex. */
export function hmac(key: Key, text: string, bytes: Uint8Array): string | Promise<string> {
  return createHmac('sha256', key).update(text).update(bytes).digest('hex');
}
