import { bodyLost, bodyTooLarge, notRaw } from './body.js';

/**
 * Reads the body of a `Request`. If its length is announced and within the limit, it is read in one call, which costs half
 * as much as a stream: HTTP servers frame a body by its `content-length`, so that it is no longer. Any other body is read
 * as a stream, and hardly beyond `limit` bytes. Either way the caller refuses what is longer.
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
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      // Leaving the loop cancels the stream.
      if (size > limit) break;
    }
  } catch (error) {
    // What cannot be cancelled is too large all the same.
    if (size <= limit) throw bodyLost(error);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : new Uint8Array(await new Blob(chunks).arrayBuffer());
}
