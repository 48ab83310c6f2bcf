import { alreadyRead, BodyTooLarge } from './body.js';

/** Reads the body of a `Request`, and no more of it than `limit` bytes. */
export async function requestBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw alreadyRead();
  if (Number(request.headers.get('content-length')) > limit) throw new BodyTooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(limit);
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
