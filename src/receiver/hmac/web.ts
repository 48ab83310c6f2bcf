/**
 * A key that is made once and used often. It keeps the CryptoKey, not its promise: in a Worker that would belong to a
 * request that may have ended.
 */
export interface Key {
  readonly bytes: Uint8Array<ArrayBuffer>;
  imported?: CryptoKey;
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

/** Makes a key of bytes. */
export function importKey(bytes: Uint8Array): Key {
  return { bytes: bytes as Uint8Array<ArrayBuffer> };
}

/** The HMAC-SHA256 of a text and the bytes that follow it, as lower-case hex. WebCrypto takes one piece, hence the copy. */
export async function hmac(key: Key, text: string, bytes: Uint8Array): Promise<string> {
  key.imported ??= await crypto.subtle.importKey('raw', key.bytes, algorithm, false, ['sign']);
  const prefix = new TextEncoder().encode(text);
  const message = new Uint8Array(prefix.length + bytes.length);
  message.set(prefix);
  message.set(bytes, prefix.length);
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key.imported, message));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
