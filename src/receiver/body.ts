import { readme } from '../../generated/version.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { DixaPayloadError } from './errors.js';

/** A raw body: its bytes, or its unchanged text. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/** The bytes of a body, from any realm, without a copy if possible. Throws if the body was parsed. */
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
 * Reads the body of a `Request`. A body with a `content-length` within the limit is read in one call, which costs half
 * as much as a stream. It cannot be longer, because HTTP servers stop at `content-length`. Any other body is read as a
 * stream, up to one chunk beyond `limit` bytes. The caller refuses a body that is too long.
 */
export async function requestBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw notRaw('read');
  const { headers } = request;
  const length = headers.get('content-length') ?? '';
  if (Number(length) > limit) throw bodyTooLarge(limit);
  // A platform may decompress the body, and a chunked body ignores `content-length`.
  const isFramed = /^\d+$/.test(length) && !headers.has('content-encoding') && !headers.has('transfer-encoding');
  return isFramed ? readWhole(request) : readStream(request, limit);
}

/** Does not use `request.body`: its getter creates a stream. */
async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch (error) {
    // If the body is unused, the call failed because something else has locked it.
    throw request.bodyUsed ? bodyLost(error) : notRaw('read');
  }
}

async function readStream({ body }: Request, limit: number): Promise<Uint8Array> {
  if (body?.locked) throw notRaw('read');
  const chunks = collectChunks((size) => new Uint8Array(size));
  try {
    for await (const chunk of body ?? []) {
      // Leaving the loop cancels the stream.
      if (chunks.add(chunk) > limit) break;
    }
  } catch (error) {
    // If only cancelling failed, the body is still too large.
    if (chunks.size() <= limit) throw bodyLost(error);
  }
  return chunks.bytes();
}

/**
 * Collects the chunks of a body in a buffer that doubles when it is full. A sender may send a body byte by byte, and a
 * list of its chunks would take a hundred times the memory. A single chunk is not copied.
 */
export function collectChunks(allocate: (size: number) => Uint8Array) {
  let memory = allocate(0);
  let size = 0;
  let room = 0;
  return {
    /** Returns the size so far. */
    add(chunk: Uint8Array): number {
      const offset = size;
      size += chunk.length;
      if (offset === 0) memory = chunk;
      else {
        if (size > room) {
          room = 2 * size;
          const larger = allocate(room);
          larger.set(memory.subarray(0, offset));
          memory = larger;
        }
        memory.set(chunk, offset);
      }
      return size;
    },
    size: () => size,
    // The declarations must compile in TypeScript 5.4, where `Uint8Array` is not generic.
    bytes: (): Uint8Array => (size === memory.length ? memory : memory.subarray(0, size)),
  };
}

/** The error of a body that something else has consumed. */
export function notRaw(done: 'parsed' | 'read' | 'decoded'): DixaConfigurationError {
  const how = done === 'parsed' ? 'parsed, for example by express.json(),' : done;
  return new DixaConfigurationError(
    `The body was ${how} before its signature was verified: pass the raw body (${readme}#raw-body).`,
  );
}

/** The error of a body that ended too early. */
export function bodyLost(cause?: unknown): DixaPayloadError {
  return new DixaPayloadError('The connection was lost while reading the body.', 400, { cause });
}

/** The error of a body that is too large. */
export function bodyTooLarge(limit: number): DixaPayloadError {
  return new DixaPayloadError(`The body is larger than maxBodyBytes (${limit}).`, 413);
}
