/**
 * Whether a `fetch` failed before any byte of the request was sent, so that even a POST can be retried safely. Each
 * runtime reports this differently: the errors were recorded on Node 20 to 26, undici 6 to 8, Bun 1.3 and 1.4, and Deno
 * 2.0 to 2.9. If in doubt, it returns false: workerd and browsers use one message for all failures.
 *
 * Bun before 1.3.14 and Deno retry a request on their own if a kept-alive connection is lost, and report only the last
 * failure. The transport must prevent this for POST, otherwise the result is wrong there.
 */
export function wasNotSent(error: unknown): boolean {
  try {
    return isConnectFailure(error, 8);
  } catch {
    return false; // A getter or a proxy threw.
  }
}

/** Looks through causes. The depth is limited because causes can be circular. */
function isConnectFailure(error: unknown, depth: number): boolean {
  if (!depth) return false;
  const { code, syscall, message, errors, cause } = Object(error);
  // One error per address that was tried. The aggregate itself only has the code of the first.
  if (Array.isArray(errors)) return errors.length > 0 && errors.every((each) => isConnectFailure(each, depth - 1));
  return (
    syscalls.includes(syscall) ||
    codes.includes(code) ||
    texts.some((text) => text.test(message)) ||
    isConnectFailure(cause, depth - 1)
  );
}

/**
 * The system calls before the first write. They distinguish `connect ETIMEDOUT` from `read ETIMEDOUT`; the code does not.
 * ETIMEDOUT, EHOSTUNREACH and ECONNRESET can also occur after the request was sent.
 */
const syscalls: readonly unknown[] = ['connect', 'getaddrinfo'];

/** Codes that no established connection can have. */
const codes: readonly unknown[] = [
  // No connection: Node, Deno 2.0 and Bun 1.4; then Bun 1.3, whose two codes also stand for a failed DNS lookup.
  'ECONNREFUSED',
  'ConnectionRefused',
  'FailedToOpenSocket',
  // The DNS lookup found no address or got no response. node-fetch and similar packages keep only the code.
  'ENOTFOUND',
  'EAI_AGAIN',
  // undici's limit covers the connection and the TLS handshake.
  'UND_ERR_CONNECT_TIMEOUT',
  // A proxy opened no tunnel: undici 8; then node:https and Bun 1.4.
  'UND_ERR_PRX_CONN',
  'ERR_PROXY_TUNNEL',
  // The client rejected the certificate, before sending anything. ERR_SSL_* and EPROTO are left out: a TLS 1.3 alert, or a
  // broken record of any version, can also arrive after the request.
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

/** The messages of failures without a code, or with a code that other failures share. */
const texts: readonly RegExp[] = [
  // Deno: DNS lookup, connection, TLS handshake and tunnel. Later failures contain "(SendRequest)".
  /^error sending request for url \(\S+\): client error \(Connect\)/,
  // Bun 1.4, which does not report the system call. There, a lost connection is always ECONNRESET.
  /^E[A-Z]+: (Unable to connect|Was there a typo)/,
  // undici, with the code UND_ERR_ABORTED.
  /^Proxy response \(\d+\) !== 200 when HTTP Tunneling/,
];
