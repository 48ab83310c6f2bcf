// Receivers as someone writes them who knows the platform: the same checks, the same statuses for what Dixa sends, no options.
import type { RequestListener } from 'node:http';

const MOST_BYTES = 1_048_576;
const TOLERANCE_MS = 300_000;
const handlers = new Map<string, (event: object) => unknown>([['CONVERSATION_CREATED', () => {}]]);

/** Of the runtimes that are measured, only workerd has none. */
const node = await import('node:crypto').catch(() => undefined);

type Bytes = Uint8Array<ArrayBuffer>;
type Verify = (t: string, v1: string, body: Bytes) => boolean | Promise<boolean>;

export function fetchByHand(secret: string): (request: Request) => Promise<Response> {
  const verify = verifier(secret);
  const decoder = new TextDecoder();
  return async (request) => {
    const { headers } = request;
    const head = checkHead(request.method, headers.get('x-dixa-signature'), headers.get('content-length'));
    if (typeof head === 'number') return new Response(null, { status: head });
    const body = new Uint8Array(await request.arrayBuffer());
    return new Response(null, { status: await handle(verify, ...head, body, () => decoder.decode(body)) });
  };
}

export function listenerByHand(secret: string): RequestListener {
  const verify = verifier(secret);
  return (request, response) => {
    const { 'x-dixa-signature': header, 'content-length': length } = request.headers;
    const answer = (status: number) => response.writeHead(status, { 'content-length': 0 }).end();
    const head = checkHead(request.method, String(header), length);
    if (typeof head === 'number') return answer(head);
    const chunks: Buffer<ArrayBuffer>[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer<ArrayBuffer>) => {
      size += chunk.length;
      if (size > MOST_BYTES) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', async () => {
      const [first] = chunks;
      const body = first && chunks.length === 1 ? first : Buffer.concat(chunks, size);
      answer(await handle(verify, ...head, body, () => body.toString()));
    });
  };
}

function checkHead(method: string | undefined, header: string | null, length: string | null | undefined) {
  if (method !== 'POST') return 405;
  const [, t, v1] = /^t=(\d+),v1=([\da-f]{64})$/.exec(header ?? '') ?? [];
  if (!t || !v1) return 400;
  return Number(length) > MOST_BYTES ? 413 : ([t, v1] as const);
}

async function handle(verify: Verify, t: string, v1: string, body: Bytes, text: () => string): Promise<number> {
  if (body.length > MOST_BYTES) return 413;
  const verdict = verify(t, v1, body);
  const holds = typeof verdict === 'boolean' ? verdict : await verdict;
  if (!holds || Math.abs(Date.now() - Number(t)) > TOLERANCE_MS) return 401;
  try {
    const event = JSON.parse(text());
    await handlers.get(event.event_fqn)?.(event);
    return 200;
  } catch {
    return 500;
  }
}

function verifier(secret: string): Verify {
  if (node) {
    const { createHmac, createSecretKey, timingSafeEqual } = node;
    const key = createSecretKey(bytesOf(secret));
    return (t, v1, body) =>
      timingSafeEqual(createHmac('sha256', key).update(`${t}.`).update(body).digest(), Buffer.from(v1, 'hex'));
  }
  const encoder = new TextEncoder();
  let key: Promise<CryptoKey> | undefined;
  return async (t, v1, body) => {
    key ??= crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    const prefix = encoder.encode(`${t}.`);
    const signed = new Uint8Array(prefix.length + body.length);
    signed.set(prefix);
    signed.set(body, prefix.length);
    return crypto.subtle.verify('HMAC', await key, bytesOf(v1), signed);
  };
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
