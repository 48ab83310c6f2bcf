import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** A key that is made once and used often. */
export type Key = KeyObject;

/** Makes a key of bytes. */
export function importKey(bytes: Uint8Array): Key {
  return createSecretKey(bytes);
}

/** The HMAC-SHA256 of a text and the bytes that follow it, as lower-case hex. */
export function hmac(key: Key, text: string, bytes: Uint8Array): string | Promise<string> {
  return createHmac('sha256', key).update(text).update(bytes).digest('hex');
}
