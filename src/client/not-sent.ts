/**
 * Whether a `fetch` failed before any byte of the request could leave, so that even a POST is safe to repeat. Each
 * runtime spells this differently: the errors were measured on Node 20 to 26, undici 6 to 8, Bun 1.3 and 1.4, and Deno
 * 2.0 to 2.9. Where that is unknown it returns false: workerd and browsers have one text for all failures.
 *
 * Bun before 1.3.14 and Deno repeat a request by themselves if a kept connection is lost, and report only how the last
 * attempt failed. The transport must keep them from repeating a POST, or this is not true of them.
 */
export function wasNotSent(error: unknown): boolean {
  try {
    return isConnectFailure(error, 8);
  } catch {
    return false; // A getter or a proxy threw.
  }
}

/** Looks through causes, to a limited depth because they may form a circle. */
function isConnectFailure(error: unknown, depth: number): boolean {
  if (!depth) return false;
  const { code, syscall, message, errors, cause } = Object(error);
  // One error for each address that was tried. The code of an aggregate is only that of the first.
  if (Array.isArray(errors)) return errors.length > 0 && errors.every((each) => isConnectFailure(each, depth - 1));
  return (
    syscalls.includes(syscall) ||
    codes.includes(code) ||
    texts.some((text) => text.test(message)) ||
    isConnectFailure(cause, depth - 1)
  );
}

/**
 * The system calls before the first write. They tell `connect ETIMEDOUT` from `read ETIMEDOUT`; the code does not.
 * ETIMEDOUT, EHOSTUNREACH and ECONNRESET also happen to a connection that has carried the request.
 */
const syscalls: readonly unknown[] = ['connect', 'getaddrinfo'];

/** Codes that no established connection can have. */
const codes: readonly unknown[] = [
  // No connection: Node, Deno 2.0 and Bun 1.4; then Bun 1.3, which uses its two codes for a failed name lookup as well.
  'ECONNREFUSED',
  'ConnectionRefused',
  'FailedToOpenSocket',
  // No address for the name, or no reply from its server. node-fetch and its like keep only the code.
  'ENOTFOUND',
  'EAI_AGAIN',
  // undici's limit covers the connection and the TLS handshake.
  'UND_ERR_CONNECT_TIMEOUT',
  // A proxy opened no tunnel: undici 8; then node:https and Bun 1.4.
  'UND_ERR_PRX_CONN',
  'ERR_PROXY_TUNNEL',
  // The client refused the certificate, which it checks before it sends. ERR_SSL_* and EPROTO are missing because an
  // alert of TLS 1.3, or a broken record of any version, may also arrive after the request.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** The texts of failures that have no code, or one that other failures have too. */
const texts: readonly RegExp[] = [
  // Deno: name lookup, connection, TLS handshake and tunnel. What fails later is "(SendRequest)".
  /^error sending request for url \(\S+\): client error \(Connect\)/,
  // Bun 1.4, which names no system call. There, a connection that was lost is always ECONNRESET.
  /^E[A-Z]+: (Unable to connect|Was there a typo)/,
  // undici, whose code is UND_ERR_ABORTED.
  /^Proxy response \(\d+\) !== 200 when HTTP Tunneling/,
];
