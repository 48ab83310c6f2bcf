import { createServer, type IncomingMessage, request, type Server, type ServerOptions } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Receiver } from '../../src/receiver/index.js';
import { type NodeRequest, toNodeListener } from '../../src/receiver/node.js';
import type { Sent } from './receiver-delivery.js';

/** An answer as it reached its sender. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A real server in front of a receiver. */
export interface ReceiverServer {
  readonly port: number;
  readonly server: Server;
  /** What the listener made of each request, in turn: it resolves when the listener is done. */
  readonly listened: Promise<void>[];
}

/** Serves a receiver over real HTTP until the test ends. `before` is what a framework does to the request first. */
export async function serve(
  receiver: Receiver,
  before?: (request: NodeRequest) => unknown,
  options: ServerOptions = {},
): Promise<ReceiverServer> {
  const listener = toNodeListener(receiver);
  const listened: Promise<void>[] = [];
  const server = createServer(options, async (incoming, reply) => {
    // With nothing to wait for the listener is called at once, as node:http does: the body comes later.
    const waited = before?.(incoming);
    if (waited) await waited;
    listened.push(listener(incoming, reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => close(server));
  return { port: (server.address() as AddressInfo).port, server, listened };
}

/** Closes a server with all its connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Posts a delivery on a connection of its own. */
export async function post(port: number, { method = 'POST', body, headers: given }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body ?? ''), ...given };
    const sent = request({ port, host: '127.0.0.1', method, headers, agent: false }, async (reply: IncomingMessage) => {
      let text = '';
      for await (const chunk of reply.setEncoding('utf8')) text += chunk;
      resolve({ status: reply.statusCode ?? 0, headers: reply.headers as Answer['headers'], body: text });
    });
    sent.on('error', reject).end(body);
  });
}

/** A connection that sends what it likes. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that came back so far. */
  readonly text: () => string;
  /** Resolves when what came back matches. */
  readonly until: (pattern: RegExp) => Promise<void>;
  /** Resolves when the connection is closed, however that happens. */
  readonly closed: Promise<void>;
}

/** Opens a connection; it is closed when the test ends. */
export async function open(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  // A reset is one of the ways to end.
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) {
      const ended = closed.then(() => {
        if (!pattern.test(text)) throw new Error(`The connection ended without ${pattern}: ${text}`);
      });
      await Promise.race([new Promise((resolve) => socket.once('data', resolve)), ended]);
    }
  };
  return { socket, text: () => text, until, closed };
}

/** The head of a request, as it goes over the wire. */
export function head(
  { method = 'POST', headers }: Pick<Sent, 'method' | 'headers'>,
  more: readonly string[] = [],
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} / HTTP/1.1`, 'host: localhost', ...lines, ...more, '', ''].join('\r\n');
}
