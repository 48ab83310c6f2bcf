import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLost, bodyTooLarge, notRaw, type RawBody } from './body.js';
import type { Receiver } from './types.js';

/** A request of node:http; frameworks put what they have parsed into `body`. */
export type NodeRequest = IncomingMessage & { readonly body?: unknown };

/** How long a sender may take for its body, in milliseconds. */
const BODY_TIMEOUT_MS = 30_000;

/** How much of a refused body is read, so that the answer reaches its sender: bytes, and milliseconds. */
const DRAIN_BYTES = 1_048_576;
const DRAIN_MS = 1_000;

/**
 * A listener for node:http, Express and Connect. It never rejects and calls no `next`.
 * @example http.createServer(toNodeListener(receiver)).listen(3000)
 * @example app.post('/dixa', express.raw({ type: '*' + '/*', limit: '1mb' }), toNodeListener(receiver))
 */
export function toNodeListener(
  receiver: Pick<Receiver, 'receive' | 'maxBodyBytes'>,
): (request: NodeRequest, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { method, headers } = request;
    const body = () => readBody(request, receiver.maxBodyBytes);
    const answer = await receiver.receive({ method, headers, body });
    const isWhole = request.complete || request.readableEnded;
    // The sender is gone, or a framework has answered.
    if (response.destroyed || response.headersSent) return;
    if (request.destroyed && !isWhole) {
      // Over HTTP/2 the stream outlives its request.
      response.destroy();
      return;
    }
    if (isWhole) {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': 0 }).end();
      return;
    }
    response.writeHead(answer.status, { ...answer.headers, 'content-length': 0, connection: 'close' }).flushHeaders();
    drain(request, () => response.end());
  };
}

/** Reads the body, unless a framework has read it: then takes what it left, if that is still raw. */
function readBody(request: NodeRequest, limit: number): RawBody | Promise<RawBody> {
  // Express 4 makes an object of no body at all: then it is not our deployment's fault.
  if (hasNoBody(request)) return '';
  // Anything but bytes and text is refused by who gets it.
  if (request.body !== undefined) return request.body as RawBody;
  if (request.readableEncoding) throw notRaw('decoded');
  if (request.readableDidRead || request.readableEnded) throw notRaw('read');
  if (Number(request.headers['content-length']) > limit) throw bodyTooLarge(limit);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isSettled = false;
    let timer: NodeJS.Timeout | undefined;
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      settle();
      request.off('data', onData).off('end', onEnd).pause();
      reject(bodyTooLarge(limit));
    };
    const onEnd = () => {
      settle();
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    };
    // It comes after the end too.
    const onClose = () => {
      if (isSettled) return;
      settle();
      reject(bodyLost());
    };
    // Something may have paused it.
    request.on('data', onData).on('end', onEnd).resume();
    // By now a body that came with its headers is here, as most do: those need no watching.
    Promise.resolve().then(() => {
      if (isSettled || endsAtOnce(request, size)) return;
      timer = setTimeout(() => request.destroy(), BODY_TIMEOUT_MS);
      request.on('close', onClose);
      // Then 'close' was before.
      if (request.destroyed) onClose();
    });
  });
}

/**
 * Whether the end of a body follows at once when so much of it has come. Over HTTP/1 node tells it together with the last
 * byte that was announced, unless something has stopped the stream meanwhile. Over HTTP/2 it may keep us waiting.
 */
function endsAtOnce(request: NodeRequest, size: number): boolean {
  const { headers, httpVersionMajor, readableFlowing, destroyed } = request;
  if (httpVersionMajor > 1 || headers['transfer-encoding'] !== undefined) return false;
  return size === Number(headers['content-length']) && readableFlowing === true && !destroyed;
}

/** Whether a request announces that nothing follows. Over HTTP/2 a body need not be announced. */
function hasNoBody({ headers, httpVersionMajor }: NodeRequest): boolean {
  const length = headers['content-length'];
  return length === '0' || (httpVersionMajor < 2 && length === undefined && headers['transfer-encoding'] === undefined);
}

/** Reads what is left of a body and drops it, within bounds. */
function drain(request: IncomingMessage, done: () => void): void {
  let size = 0;
  const timer = setTimeout(stop, DRAIN_MS);
  function stop(): void {
    clearTimeout(timer);
    request.off('data', count).off('end', stop).off('close', stop).pause();
    done();
  }
  function count(chunk: Buffer): void {
    size += chunk.length;
    if (size > DRAIN_BYTES) stop();
  }
  request.on('data', count).on('end', stop).on('close', stop).resume();
}
