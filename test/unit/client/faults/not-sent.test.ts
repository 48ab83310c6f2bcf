import { type AddressInfo, createServer, type LookupFunction, type Socket } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wasNotSent } from '../../../../src/client/not-sent.js';
import { deadAddress } from '../../../support/dead-address.js';
import { type Behaviour, endWithinBody, resetAtOnce, resetWithinBody } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';
import { httpsServer, selfSigned } from '../../../support/self-signed.js';

const post = { method: 'POST', body: '{}' };

/** The error of a POST with Node's fetch, or with undici's if the failure needs a dispatcher. */
async function failureOf(url: string, dispatcher?: Dispatcher): Promise<unknown> {
  if (dispatcher) onTestFinished(() => dispatcher.destroy());
  const response = dispatcher ? undiciFetch(url, { ...post, dispatcher }) : fetch(url, post);
  return response.then((reply) => reply.text()).then(expect.fail, (error: unknown) => error);
}

/** Starts a TCP server for one test, which treats each connection alike. */
async function tcpServer(treat: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    treat(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the platform calls a failure, wherever it says so. */
function codesOf(error: unknown): unknown[] {
  const { code, cause, errors = [] } = Object(error);
  return [code, ...errors.flatMap(codesOf), ...(cause ? codesOf(cause) : [])];
}

const lookUpBoth: LookupFunction = (_name, _options, end) =>
  end(null, [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]);

const failures: readonly (readonly [name: string, code: string, fail: () => Promise<unknown>])[] = [
  ['a connection that is refused', 'ECONNREFUSED', async () => failureOf(await deadAddress())],
  [
    'a name of which both addresses refuse',
    'ECONNREFUSED',
    async () => {
      const { port } = new URL(await deadAddress());
      const error = await failureOf(`http://both.invalid:${port}`, new Agent({ connect: { lookup: lookUpBoth } }));
      expect(error).toMatchObject({ cause: { errors: [expect.any(Error), expect.any(Error)] } });
      return error;
    },
  ],
  // Longer than the label of a host name may be, so there is no DNS request.
  ['a name that does not exist', 'ENOTFOUND', () => failureOf(`http://${'a'.repeat(64)}.invalid`)],
  [
    'a TLS handshake that takes too long',
    'UND_ERR_CONNECT_TIMEOUT',
    async () => failureOf(`https://${await tcpServer(() => {})}`, new Agent({ connect: { timeout: 1 } })),
  ],
  [
    'a proxy that answers 407 to CONNECT',
    'UND_ERR_ABORTED',
    async () => {
      const proxy = await tcpServer((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n')),
      );
      return failureOf('https://dixa.invalid', new ProxyAgent(`http://${proxy}`));
    },
  ],
];

const certificates = [
  { name: 'that no one trusts', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', certificate: selfSigned(), isTrusted: false },
  {
    name: 'that has expired',
    code: 'CERT_HAS_EXPIRED',
    certificate: selfSigned({ until: '20010101000000Z' }),
    isTrusted: true,
  },
  {
    name: 'for another host',
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    certificate: selfSigned({ name: 'other.invalid' }),
    isTrusted: true,
  },
];

describe('nothing is sent', () => {
  it.each(failures)('over %s', async (_, code, fail) => {
    const error = await fail();
    expect(codesOf(error)).toContain(code);
    expect(wasNotSent(error)).toBe(true);
  });

  it.each(certificates)('to a server with a certificate $name', async ({ code, certificate, isTrusted }) => {
    const { port, requests } = await httpsServer(certificate);
    const trusting = isTrusted ? new Agent({ connect: { ca: certificate.cert } }) : undefined;
    const error = await failureOf(`https://localhost:${port}`, trusting);
    expect(codesOf(error)).toContain(code);
    expect(wasNotSent(error)).toBe(true);
    expect(requests()).toBe(0);
  });
});

const closeAtOnce: Behaviour = (_reply, _request, socket) => socket.end();

it.each([
  ['is reset before the response', resetAtOnce],
  ['is closed before the response', closeAtOnce],
  ['is reset within the body', resetWithinBody],
  ['is closed within the body', endWithinBody],
] as const)('a request may have been sent when its connection %s', async (_, behaviour) => {
  const { baseUrl, requests } = await faultyServer(behaviour);
  expect(wasNotSent(await failureOf(baseUrl))).toBe(false);
  expect(requests).toHaveLength(1);
});
