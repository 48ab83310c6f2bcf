/** A key that is made once and used often. */
export type Key = Promise<CryptoKey>;

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

/** Makes a key of bytes. */
export function importKey(bytes: Uint8Array): Key {
  return crypto.subtle.importKey('raw', bytes as Uint8Array<ArrayBuffer>, algorithm, false, ['sign']);
}

/** The HMAC-SHA256 of a text and the bytes that follow it, as lower-case hex. WebCrypto takes one piece, hence the copy. */
export async function hmac(key: Key, text: string, bytes: Uint8Array): Promise<string> {
  const prefix = new TextEncoder().encode(text);
  const message = new Uint8Array(prefix.length + bytes.length);
  message.set(prefix);
  message.set(bytes, prefix.length);
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', await key, message));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
