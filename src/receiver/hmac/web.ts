/**
 * A key that is imported once and used often. It keeps the CryptoKey, not its promise: in a Worker the promise would belong
 * to a request that may have ended.
 */
export interface Key {
  readonly hex: string;
  imported?: CryptoKey;
}

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

const encoder = /* @__PURE__ */ new TextEncoder();

/** The hex of each byte. */
const hexOf: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Makes a key from the hex of its bytes. */
export function importKey(hex: string): Key {
  return { hex };
}

/** The HMAC-SHA256 of a text and the bytes that follow it, as lower-case hex. WebCrypto takes one buffer, hence the copy. */
export async function hmac(key: Key, text: string, bytes: Uint8Array): Promise<string> {
  key.imported ??= await crypto.subtle.importKey('raw', bytesOfHex(key.hex), algorithm, false, ['sign']);
  const prefix = encoder.encode(text);
  const message = new Uint8Array(prefix.length + bytes.length);
  message.set(prefix);
  message.set(bytes, prefix.length);
  let digest = '';
  for (const byte of new Uint8Array(await crypto.subtle.sign('HMAC', key.imported, message))) digest += hexOf[byte];
  return digest;
}

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
