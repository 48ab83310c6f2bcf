import { bodyLost, bodyTooLarge, notRaw } from './body.js';

/** Reads the body of a `Request`, and not much more of it than `limit` bytes: who gets it refuses what is longer. */
export async function requestBody({ body, bodyUsed, headers }: Request, limit: number): Promise<Uint8Array> {
  if (bodyUsed || body?.locked) throw notRaw('read');
  if (Number(headers.get('content-length')) > limit) throw bodyTooLarge(limit);
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
