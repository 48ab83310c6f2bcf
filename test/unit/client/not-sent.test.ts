import { expect, it } from 'vitest';
import { wasNotSent } from '../../../src/client/not-sent.js';

// What fetch rejected with, on runtimes on Linux, when a POST failed for real. The servers noted whether it arrived.

type Case = readonly [runtime: string, failure: string, error: unknown];
type Fields = Readonly<Record<string, unknown>>;

const node = 'Node 20.20.2, 22.23.3, 24.21.0, 26.10.0';
const undici = 'undici 6, 7, 8';
const nodeFetch = 'node-fetch 2, 3';
const bun13 = 'Bun 1.3.0, 1.3.14';
const bun14 = 'Bun 1.4.5';
const deno = 'Deno 2.0.6, 2.4.4, 2.7.14';
const deno29 = 'Deno 2.9.6';
const workerd = 'workerd 2026-04-26';

const plain = (message: string, fields: Fields = {}) => Object.assign(new Error(message), fields);
const ofType = (message: string, fields: Fields = {}) => Object.assign(new TypeError(message), fields);
const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause });
const system = (syscall: string, code: string, where = '') =>
  plain(`${syscall} ${code} ${where}`.trim(), { code, syscall });
const request = (reason: string, code: string) =>
  plain(`request to https://localhost/ failed, reason: ${reason}`, { type: 'system', code, errno: code });
/** Bun puts the code before the text since 1.4. */
const bun = (code: string, text: string) => ofType(`${code}: ${text}`, { code, path: 'https://localhost/', errno: 0 });

const unable = 'Unable to connect. Is the computer able to access the url?';
const typo = 'Was there a typo in the url or port?';
const closed =
  'The socket connection was closed unexpectedly. For more information, pass `verbose: true` in the second argument to fetch()';
const timeout = (address: string) => `Connect Timeout Error (attempted address${address}, timeout: 10000ms)`;
const sending =
  'error sending request from 127.0.0.1:2 for https://localhost:1/ (127.0.0.1:1): client error (SendRequest)';

const onNode: readonly Case[] = [
  [node, 'refused', wrapped(system('connect', 'ECONNREFUSED', '127.0.0.1:1'))],
  [
    node,
    'refused at both addresses of a name',
    wrapped(
      Object.assign(
        new AggregateError([
          system('connect', 'ECONNREFUSED', '::1:1'),
          system('connect', 'ECONNREFUSED', '127.0.0.1:1'),
        ]),
        { code: 'ECONNREFUSED' },
      ),
    ),
  ],
  [
    `node:net of ${node}`,
    'one address too slow, the other refused',
    Object.assign(
      new AggregateError([system('connect', 'ETIMEDOUT', '127.0.0.1:1'), system('connect', 'ECONNREFUSED', '::1:1')]),
      { code: 'ETIMEDOUT' },
    ),
  ],
  [node, 'no such name', wrapped(system('getaddrinfo', 'ENOTFOUND', 'nope.invalid'))],
  [node, 'the name server fails', wrapped(system('getaddrinfo', 'EAI_AGAIN', 'servfail.test'))],
  [node, 'a name too long', wrapped(system('getaddrinfo', 'EINVAL', `${'a'.repeat(255)}.invalid`))],
  [node, 'no route to the host', wrapped(system('connect', 'EHOSTUNREACH', '192.0.2.1:80 - Local (0.0.0.0:0)'))],
  [node, 'no route to the network', wrapped(system('connect', 'ENETUNREACH', '198.51.100.1:80 - Local (0.0.0.0:0)'))],
  [node, 'a route that is prohibited', wrapped(system('connect', 'EACCES', '203.0.113.1:80 - Local (0.0.0.0:0)'))],
  [node, 'the system gives up to connect', wrapped(system('connect', 'ETIMEDOUT', '127.0.0.1:1'))],
  ['Node 20.20.2, 22.23.3, 24.21.0', 'reset at once', wrapped(system('connect', 'ECONNRESET', '127.0.0.1:1'))],
  ...[': 127.0.0.1:1', 'es: ::1:1, 127.0.0.1:1'].map(
    (address): Case => [
      `${node}, ${undici}`,
      'connecting or the TLS handshake takes too long',
      wrapped(plain(timeout(address), { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' })),
    ],
  ),
  ...[407, 403, 502].map(
    (status): Case => [
      `${node}, ${undici}`,
      `a proxy answers ${status} to CONNECT`,
      wrapped(
        Object.assign(new DOMException('Request was cancelled.', 'Error'), {
          cause: plain(`Proxy response (${status}) !== 200 when HTTP Tunneling`, {
            name: 'AbortError',
            code: 'UND_ERR_ABORTED',
          }),
        }),
      ),
    ],
  ),
  [
    'Node 26.10.0, undici 8',
    'a proxy closes on CONNECT',
    wrapped(
      plain('Proxy Connection failed', {
        code: 'UND_ERR_PRX_CONN',
        cause: plain('other side closed', { code: 'UND_ERR_SOCKET' }),
      }),
    ),
  ],
  [
    'node:https of Node 24.21.0, 26.10.0',
    'a proxy answers 407 to CONNECT',
    plain('Failed to establish tunnel to localhost:1 via http://localhost:2: HTTP/1.1 407 Nope', {
      code: 'ERR_PROXY_TUNNEL',
    }),
  ],
  [nodeFetch, 'refused', request('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
  [nodeFetch, 'refused at both addresses of a name', request('', 'ECONNREFUSED')],
  [nodeFetch, 'no such name', request('getaddrinfo ENOTFOUND nope.invalid', 'ENOTFOUND')],
  [nodeFetch, 'the name server fails', request('getaddrinfo EAI_AGAIN servfail.test', 'EAI_AGAIN')],
];

const onBun: readonly Case[] = [
  [bun14, 'refused', bun('ECONNREFUSED', unable)],
  [bun14, 'the system gives up to connect', bun('ETIMEDOUT', unable)],
  [bun14, 'no route to the host', bun('EHOSTUNREACH', typo)],
  [bun14, 'no route to the network', bun('ENETUNREACH', typo)],
  [bun14, 'no such name', ofType('getaddrinfo ENOTFOUND nope.invalid', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
  [bun14, 'the name server fails', ofType('getaddrinfo EAI_AGAIN x', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
  [
    bun14,
    'a proxy answers 407 to CONNECT',
    plain('Proxy refused to open a tunnel: 407 Nope', { code: 'ERR_PROXY_TUNNEL', status: 407 }),
  ],
  [bun13, 'refused, too slow to connect, or no such name', plain(unable, { code: 'ConnectionRefused' })],
  [bun13, 'no route', plain(typo, { code: 'FailedToOpenSocket' })],
];

const onDeno = [
  'tcp connect error: Connection refused (os error 111)',
  'tcp connect error: No route to host (os error 113)',
  'tcp connect error: Connection timed out (os error 110)',
  'dns error: failed to lookup address information: Name or service not known',
  'dns error: failed to lookup address information: Temporary failure in name resolution',
  'invalid peer certificate: UnknownIssuer',
  'invalid peer certificate: certificate not valid for name "127.0.0.1"; certificate is only valid for DnsName("x")',
  'received fatal alert: ProtocolVersion',
  'tls handshake eof',
  'proxy authentication required',
  'unsuccessful tunnel',
].flatMap((reason): Case[] => {
  const message = `error sending request for url (https://localhost:1/x): client error (Connect): ${reason}`;
  return [
    [deno, reason, ofType(message)],
    [deno29, reason, wrapped(plain(message))],
  ];
});

const certificates = [
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'unable to get issuer certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate'],
  ['CERT_HAS_EXPIRED', 'certificate has expired'],
  ['CERT_NOT_YET_VALID', 'certificate is not yet valid'],
  ['INVALID_PURPOSE', 'unsuitable certificate purpose'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the list",
  ],
].map(([code = '', message = '']): Case => [`${node}, ${bun14}`, code, wrapped(plain(message, { code }))]);

it.each([...onNode, ...onBun, ...onDeno, ...certificates])('%s: %s: nothing was sent', (_runtime, _failure, error) => {
  expect(wasNotSent(error)).toBe(true);
});

const perhapsSent: readonly Case[] = [
  [node, 'reset after the request', wrapped(system('read', 'ECONNRESET'))],
  [node, 'closed after the request', wrapped(plain('other side closed', { code: 'UND_ERR_SOCKET' }))],
  [node, 'reset within the body', new TypeError('terminated', { cause: system('read', 'ECONNRESET') })],
  [node, 'the network fails under a kept connection', wrapped(system('read', 'ETIMEDOUT'))],
  [node, 'no headers in time', wrapped(plain('Headers Timeout Error', { code: 'UND_ERR_HEADERS_TIMEOUT' }))],
  [
    node,
    'the client certificate is refused, with TLS 1.3',
    wrapped(plain('other side closed', { code: 'UND_ERR_SOCKET' })),
  ],
  [`node:https of ${node}`, 'a broken record of TLS 1.2', plain('', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' })],
  [`node:https of ${node}`, 'a broken record of TLS 1.3', plain('', { code: 'ERR_SSL_BAD_RECORD_TYPE' })],
  [nodeFetch, 'reset after the request', request('read ECONNRESET', 'ECONNRESET')],
  [nodeFetch, 'closed after the request', request('socket hang up', 'ECONNRESET')],
  [bun14, 'reset or closed after the request', bun('ECONNRESET', closed)],
  [bun14, 'a broken TLS record', bun('EPROTO', 'The TLS handshake failed. Does the server speak TLS on this port?')],
  [bun13, 'reset or closed after the request', plain(closed, { code: 'ECONNRESET' })],
  ['Bun 1.1.45', 'reset or closed after the request', plain(closed, { code: 'ConnectionClosed' })],
  [deno, 'closed after the request', ofType(`${sending}: connection closed before message completed`)],
  [deno29, 'closed after the request', wrapped(plain(`${sending}: connection closed before message completed`))],
  [deno29, 'reset after the request', wrapped(plain('Connection reset by peer (os error 104)'))],
  [deno29, 'the network fails under a kept connection', wrapped(plain('Connection timed out (os error 110)'))],
  [deno29, 'the client certificate is refused', wrapped(plain('received fatal alert: CertificateRequired'))],
  [deno29, 'reset within the body', ofType('error reading a body from connection')],
  [workerd, 'refused, or reset after the request', plain('Network connection lost.', { retryable: true })],
  [workerd, 'no such name, or no HTTP', plain('internal error; reference = m2rkt7vc77s9po5lq4cs2b47')],
];

// Not recorded, but possible errors of systems and libraries.
const alsoPossible: readonly Case[] = [
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'].map((code): Case => ['Node', code, wrapped(system('write', code))]),
  ['node-fetch', 'too slow to connect or to read', request('read ETIMEDOUT', 'ETIMEDOUT')],
  ['undici', 'aborted', wrapped(plain('Request aborted', { code: 'UND_ERR_ABORTED' }))],
  ['Deno', 'lost', ofType('error sending request for url (https://localhost:1/x): client error (SendRequest): x')],
  ['browsers', 'any failure', ofType('Failed to fetch')],
];

it.each([...perhapsSent, ...alsoPossible])('%s: %s: it may have been sent', (_runtime, _failure, error) => {
  expect(wasNotSent(error)).toBe(false);
});
