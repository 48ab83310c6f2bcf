import type { RequestListener } from 'node:http';

/** What someone writes who knows the platform: the checks of the receiver, the same statuses, no options. */
const MOST_BYTES = 1_048_576;
const TOLERANCE_MS = 300_000;
const handlers = new Map<string, (event: object) => unknown>([['CONVERSATION_CREATED', () => {}]]);

/** Only workerd has none of it, and takes WebCrypto. */
const node = await import('node:crypto').catch(() => undefined);

type Verify = (t: string, v1: string, body: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>;

/** A receiver for `fetch`. */
export function fetchByHand(secret: string): (request: Request) => Promise<Response> {
  const verify = verifier(secret);
  return async (request) => {
    const header = request.headers.get('x-dixa-signature');
    const head = checkHead(request.method, header, request.headers.get('content-length'));
    if (typeof head === 'number') return new Response(null, { status: head });
    const body = new Uint8Array(await request.arrayBuffer());
    return new Response(null, { status: await handle(verify, ...head, body, () => decoder.decode(body)) });
  };
}

/** A receiver for node:http. */
export function listenerByHand(secret: string): RequestListener {
  const verify = verifier(secret);
  return (request, response) => {
    const answer = (status: number) => response.writeHead(status, { 'content-length': 0 }).end();
    const { 'x-dixa-signature': header, 'content-length': length } = request.headers;
    const head = checkHead(request.method, String(header), length);
    if (typeof head === 'number') return answer(head);
    const chunks: Buffer<ArrayBuffer>[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer<ArrayBuffer>) => {
      size += chunk.length;
      if (size > MOST_BYTES) return request.destroy();
      chunks.push(chunk);
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

async function handle(
  verify: Verify,
  t: string,
  v1: string,
  body: Uint8Array<ArrayBuffer>,
  text: () => string,
): Promise<number> {
  if (body.length > MOST_BYTES) return 413;
  const holds = verify(t, v1, body);
  if (!(typeof holds === 'boolean' ? holds : await holds) || Math.abs(Date.now() - Number(t)) > TOLERANCE_MS)
    return 401;
  let event: { event_fqn: string };
  try {
    event = JSON.parse(text());
  } catch {
    return 400;
  }
  if (typeof event !== 'object' || !event || Array.isArray(event)) return 400;
  try {
    await handlers.get(event.event_fqn)?.(event);
    return 200;
  } catch {
    return 500;
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

function verifier(secret: string): Verify {
  if (node) {
    const { createHmac, createSecretKey, timingSafeEqual } = node;
    const key = createSecretKey(bytesOf(secret));
    return (t, v1, body) =>
      timingSafeEqual(createHmac('sha256', key).update(`${t}.`).update(body).digest(), Buffer.from(v1, 'hex'));
  }
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
