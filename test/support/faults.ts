import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request as it reached the server, its body whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the server treats one request. */
export type Behaviour = (reply: ServerResponse, request: Received, socket: Socket) => void;

/** A request that has come, its body read. */
export async function receive(incoming: IncomingMessage): Promise<Received> {
  const { method = '', url = '', headers } = incoming;
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
  return { method, path: url, headers, body };
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

/** Never responds. */
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
