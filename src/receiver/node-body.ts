import type { IncomingMessage } from 'node:http';
import { readme } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { bodyLost, bodyTooLarge, collectChunks, notRaw, type RawBody } from './body.js';

/** The properties in which frameworks keep the body: its bytes in `rawBody`; bytes, text or a parsed object in `body`. */
export interface KeptBody {
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

type Request = IncomingMessage & KeptBody;

/** How long a sender may take to send its body, in milliseconds. */
const BODY_TIMEOUT_MS = 30_000;

/**
 * Reads the body. An unread stream is always read, because Express 4 sets `body` to `{}` if it parsed nothing. If the
 * stream was already read, the body that a framework kept is used.
 */
export function readBody(request: Request, limit: number): RawBody | Promise<RawBody> {
  const { headers, readableDidRead, readableEnded, readableEncoding } = request;
  // These are undefined for a request that is not a stream, such as a mock.
  if (readableDidRead === false && !readableEnded && !readableEncoding) {
    if (Number(headers['content-length']) > limit) throw bodyTooLarge(limit);
    return readStream(request, limit);
  }
  // On Vercel, `read` returns the body of a stream that has ended; elsewhere it returns null.
  const kept = (readableEnded && (request.read() as Buffer | null)) || keptBody(request);
  if (kept !== undefined) return kept;
  // Without a body there is nothing that a framework could have kept.
  if (hasNoBody(request)) return '';
  throw notRaw(readableEncoding ? 'decoded' : request.body === undefined ? 'read' : 'parsed');
}

function readStream(request: Request, limit: number): Promise<RawBody> {
  return new Promise((resolve, reject) => {
    const chunks = collectChunks(Buffer.allocUnsafe);
    let isSettled = false;
    let timer: NodeJS.Timeout | undefined;
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
    };
    const onData = (chunk: Buffer) => {
      if (chunks.add(chunk) <= limit) return;
      settle();
      request.off('data', onData).off('end', onEnd).pause();
      reject(bodyTooLarge(limit));
    };
    const onEnd = () => {
      settle();
      try {
        // A platform that emulates Node may pass an empty stream, and the body as a property.
        const kept = chunks.size() === 0 ? keptBody(request) : undefined;
        resolve(kept ?? chunks.bytes());
      } catch (error) {
        reject(error);
      }
    };
    const onLost = (cause?: unknown) => {
      // 'close' is emitted after 'end' too.
      if (isSettled) return;
      settle();
      reject(bodyLost(cause));
    };
    // The stream may have been paused.
    request.on('data', onData).on('end', onEnd).on('error', onLost).resume();
    // Most bodies have arrived by then: a timer for each would cost 5 % of the CPU of a delivery of 1 kB.
    setImmediate(() => {
      if (isSettled) return;
      timer = setTimeout(() => request.destroy(), BODY_TIMEOUT_MS);
      request.on('close', onLost);
      // In this case 'close' has already been emitted.
      if (request.destroyed) onLost();
    });
  });
}

/** The bytes or the text that a framework kept. */
function keptBody(request: Request): RawBody | undefined {
  for (const name of ['rawBody', 'body'] as const) {
    let value: unknown;
    try {
      value = request[name];
    } catch (cause) {
      // Vercel parses `body` when it is first used.
      throw new DixaConfigurationError(
        `The body was read before its signature was verified, and request.${name} throws an error (see cause): turn the body parser off, or keep the raw body in request.rawBody (${readme}#raw-body).`,
        { cause },
      );
    }
    if (typeof value === 'string' || isBytes(value)) return value as RawBody;
  }
  return undefined;
}

/** Not by `instanceof`: bytes may come from another realm. */
function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

/** Whether the headers say that there is no body. Over HTTP/2, a body needs no such header. */
function hasNoBody({ headers, httpVersionMajor }: Request): boolean {
  const length = headers['content-length'];
  return length === '0' || (httpVersionMajor < 2 && length === undefined && headers['transfer-encoding'] === undefined);
}
