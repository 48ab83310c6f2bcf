import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Stream } from 'node:http2';
import { DixaConfigurationError } from '../shared/errors.js';
import { type KeptBody, readBody } from './node-body.js';
import type { ReceiveResult, Receiver } from './types.js';

/** A request of node:http or node:http2. Frameworks add `rawBody` or `body`. */
export type NodeRequest = (IncomingMessage | Http2ServerRequest) & KeptBody;

/** A response of node:http or node:http2. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

type Request = IncomingMessage & KeptBody & { readonly stream?: ServerHttp2Stream };

/** How much of a refused body is still read, in bytes and milliseconds, so that the response reaches its sender. */
const DRAIN_BYTES = 1_048_576;
const DRAIN_MS = 1_000;

/**
 * Creates a listener for node:http, node:http2, Express, Connect, Koa, Nest and cloud functions. It reads the request
 * stream if it is unread; otherwise it uses the bytes or text in `request.rawBody` or `request.body`. It never calls
 * `next`, and rejects only if its arguments are not a Node request and response.
 * @throws DixaConfigurationError if `receiver` is not a receiver
 * @example http.createServer(toNodeListener(receiver)).listen(3000)
 * @example app.post('/dixa', toNodeListener(receiver)) // Express, before express.json()
 */
export function toNodeListener(
  receiver: Pick<Receiver, 'receive' | 'maxBodyBytes'>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  if (typeof Object(receiver).receive !== 'function') {
    throw new DixaConfigurationError('toNodeListener() needs a receiver: toNodeListener(createReceiver({ secret })).');
  }
  return async (anyRequest, anyResponse) => {
    // Everything used below is the same in HTTP/1 and HTTP/2, except `stream`.
    const request = anyRequest as Request;
    const response = anyResponse as ServerResponse;
    // Rejects, so that a framework responds with 500.
    if (typeof response?.writeHead !== 'function' || !request?.headers) {
      throw new DixaConfigurationError(
        'The listener of toNodeListener() must be called with a Node request and response: ctx.req and ctx.res in Koa, request.raw and reply.raw in Fastify.',
      );
    }
    const { method, headers } = request;
    const body = () => readBody(request, receiver.maxBodyBytes);
    try {
      await respond(request, response, await receiver.receive({ method, headers, body }));
    } catch (error) {
      console.error(`dixa-webhooks: the response could not be sent: ${(error as Error)?.message}`);
      // Otherwise the sender would keep waiting.
      response.destroy();
    }
  };
}

async function respond(request: Request, response: ServerResponse, result: ReceiveResult): Promise<void> {
  const isHttp2 = request.httpVersionMajor >= 2;
  const stream = isHttp2 ? request.stream : undefined;
  const isWhole = request.complete !== false || request.readableEnded;
  // The sender is gone, or a framework has responded.
  if (response.destroyed || response.headersSent) return;
  if (request.destroyed && !isWhole) {
    // Over HTTP/2 the stream outlives its request.
    (stream ?? response).destroy();
    return;
  }
  const headers: OutgoingHttpHeaders = { ...result.headers, 'content-length': 0 };
  if (isHttp2) delete headers.connection;
  else if (!isWhole) headers.connection = 'close';
  // Not chained: wrappers of a response return nothing.
  response.writeHead(result.status, headers);
  if (!isWhole && !isHttp2) {
    response.flushHeaders();
    await drain(request);
  }
  response.end();
  // Otherwise the stream stays open until the sender ends it.
  if (!isWhole) stream?.close();
}

/** Reads and discards the rest of a body, within limits. */
function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    const timer = setTimeout(stop, DRAIN_MS);
    function stop(): void {
      clearTimeout(timer);
      request.off('data', count).off('end', stop).off('close', stop).pause();
      resolve();
    }
    function count(chunk: Buffer): void {
      size += chunk.length;
      if (size > DRAIN_BYTES) stop();
    }
    request.on('data', count).on('end', stop).on('close', stop).resume();
  });
}
