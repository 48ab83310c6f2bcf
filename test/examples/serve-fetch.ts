import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Serves a function that takes a `Request`, behind node:http. */
export function serveFetch(fetch: (request: Request) => Promise<Response> | undefined): void {
  createServer(async (incoming, reply) => {
    const response = await fetch(requestOf(incoming));
    reply.writeHead(response?.status ?? 501, Object.fromEntries(response?.headers ?? [])).end(await response?.text());
  }).listen(0);
}

function requestOf(incoming: IncomingMessage): Request {
  const { url = '', method = '', headers } = incoming;
  const init = { method, headers: headers as Record<string, string>, body: Readable.toWeb(incoming), duplex: 'half' };
  return new Request(new URL(url, 'http://localhost'), init as unknown as RequestInit);
}
