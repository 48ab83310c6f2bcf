import { readme } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { DixaPayloadError } from './errors.js';

/** A body as it arrived: its bytes, or its text if that was never changed. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/** The bytes of a body, of any realm, without a copy if they are bytes already. Refuses a body that was parsed. */
export function bytesOf(body: RawBody): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  // Not by instanceof: test runners and workers have bytes of another realm.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body as ArrayBuffer);
  const view = body as unknown as DataView;
  if (ArrayBuffer.isView(view)) return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  throw notRaw('parsed');
}

/**
 * Reads the body of a `Request`. If its length is announced and within the limit, it is read in one call, which costs half
 * as much as a stream: HTTP servers frame a body by its `content-length`, so it cannot be longer. Any other body is read as
 * a stream, and at most one chunk beyond `limit` bytes. The caller refuses a body that is longer.
 */
export async function requestBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw notRaw('read');
  const { headers } = request;
  const length = headers.get('content-length') ?? '';
  if (Number(length) > limit) throw bodyTooLarge(limit);
  // A platform may decompress a body, and a body in chunks ends where its last chunk does.
  const isFramed = /^\d+$/.test(length) && !headers.has('content-encoding') && !headers.has('transfer-encoding');
  return isFramed ? readWhole(request) : readStream(request, limit);
}

/** Does not touch `request.body`: the getter alone makes a stream. */
async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch (error) {
    // A body that somebody else has locked was never touched.
    throw request.bodyUsed ? bodyLost(error) : notRaw('read');
  }
}

async function readStream({ body }: Request, limit: number): Promise<Uint8Array> {
  if (body?.locked) throw notRaw('read');
  const chunks = collectChunks(concat);
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.add(chunk);
      size += chunk.length;
      // Leaving the loop cancels the stream.
      if (size > limit) break;
    }
  } catch (error) {
    // What cannot be cancelled is too large all the same.
    if (size <= limit) throw bodyLost(error);
  }
  return chunks.whole();
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** How many chunks are kept before they are joined. */
const MOST_CHUNKS = 1_024;

/**
 * Collects the chunks of a body. Many are joined in between, because each takes 100 bytes or more, and a sender may send a
 * body byte by byte. A single chunk is not copied.
 */
export function collectChunks<Bytes extends Uint8Array>(join: (chunks: readonly Bytes[]) => Bytes) {
  const chunks: Bytes[] = [];
  let added = 0;
  return {
    add(chunk: Bytes): void {
      chunks.push(chunk);
      added += 1;
      if (added % MOST_CHUNKS === 0) chunks.push(join(chunks.splice(-MOST_CHUNKS)));
    },
    whole: (): Bytes => (chunks.length === 1 ? (chunks[0] as Bytes) : join(chunks)),
  };
}

/** The error of a body that something else has consumed. */
export function notRaw(done: 'parsed' | 'read' | 'decoded'): DixaConfigurationError {
  return new DixaConfigurationError(
    `The body was ${done} before its signature was verified: pass the raw body (${readme}#raw-body).`,
  );
}

/** The error of a body that ended too early. */
export function bodyLost(cause?: unknown): DixaPayloadError {
  return new DixaPayloadError('The connection was lost while the body was read.', 400, { cause });
}

/** The error of a body that is too large. */
export function bodyTooLarge(limit: number): DixaPayloadError {
  return new DixaPayloadError(`The body is larger than maxBodyBytes, ${limit}.`, 413);
}
