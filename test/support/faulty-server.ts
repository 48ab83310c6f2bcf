import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it reached the server, its body whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the server treats one request. */
export type Behaviour = (reply: ServerResponse, request: Received, socket: Socket) => void;

export interface FaultyServer {
  readonly baseUrl: string;
  readonly requests: readonly Received[];
  /** Resolves when so many requests have come in all. */
  readonly arrival: (count: number) => Promise<void>;
}

/**
 * Starts a real HTTP server for one test that treats its requests as `behaviours` say, in turn, and all later ones as
 * the last. It is closed, with all its connections, when the test ends.
 */
export async function faultyServer(...behaviours: readonly Behaviour[]): Promise<FaultyServer> {
  const requests: Received[] = [];
  const awaited: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer(async (incoming, reply) => {
    const { method = '', url = '', headers, socket } = incoming;
    const request = { method, path: url, headers, body: await textOf(incoming) };
    requests.push(request);
    for (const { count, resolve } of awaited) if (requests.length >= count) resolve();
    (behaviours[requests.length - 1] ?? behaviours.at(-1))?.(reply, request, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const arrival = async (count: number) => {
    if (requests.length < count) await new Promise<void>((resolve) => awaited.push({ count, resolve }));
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, arrival };
}

/** An address at which nothing listens: a port that was free a moment ago. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}

/** A whole reply. */
export function answer(status: number, body = '', headers: Record<string, string> = {}): Behaviour {
  return (reply) => reply.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
}

/** Closes the connection as a machine does that was switched off. */
export const resetAtOnce: Behaviour = (_reply, _request, socket) => {
  socket.resetAndDestroy();
};

/** Sends the headers of a reply and a part of its body, and resets the connection. */
export const resetWithinBody: Behaviour = (reply, _request, socket) => {
  reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  reply.write('{"data":[{"secretKey":"hidden', () => socket.resetAndDestroy());
};

/** Announces more than it sends, and ends the connection in good order. */
export const endWithinBody: Behaviour = (reply, _request, socket) => {
  reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  reply.write('{"data":[{"secretKey":"hidden', () => socket.end());
};

/** Never answers. */
export const saysNothing: Behaviour = () => {};

/** Sends headers and a part of the body, and then nothing more. */
export const stallsWithinBody: Behaviour = (reply) => {
  reply.writeHead(200, { 'Content-Type': 'application/json' });
  reply.write('{"data":[{"secretKey":"hidden');
};

/** Answers as Dixa would: with data of the right shape. */
export const succeed: Behaviour = (reply, request, socket) => {
  if (request.method === 'DELETE') return answer(204)(reply, request, socket);
  const isList = request.method === 'GET' && !/\/webhooks\/[^/]+$/.test(request.path);
  const data = isList ? [] : { id: '7f2b1c3d-0a4e-4b5c-8d6f-112233445566', name: 'faulty' };
  answer(request.method === 'POST' ? 201 : 200, JSON.stringify({ data }))(reply, request, socket);
};
