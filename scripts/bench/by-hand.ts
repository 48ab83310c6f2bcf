// A hand-written receiver: the same checks and statuses as ours for deliveries from Dixa, but no options.
import type { IncomingMessage, RequestListener } from 'node:http';

const MOST_BYTES = 1_048_576;
const TOLERANCE_MS = 300_000;
const handlers = new Map<string, (event: object) => unknown>([['CONVERSATION_CREATED', () => {}]]);

/** Of the measured runtimes, only workerd has none. */
const node = await import('node:crypto').catch(() => undefined);

type Bytes = Uint8Array<ArrayBuffer>;

export function fetchByHand(secret: string): (request: Request) => Promise<Response> {
  const receive = byHand(secret);
  return async (request) => {
    const { method, headers } = request;
    const read = async () => new Uint8Array(await request.arrayBuffer());
    const status = await receive(method, headers.get('x-dixa-signature'), headers.get('content-length'), read);
    return new Response(null, { status });
  };
}

export function listenerByHand(secret: string): RequestListener {
  const receive = byHand(secret);
  return async (request, response) => {
    const { 'x-dixa-signature': signature, 'content-length': length } = request.headers;
    const status = await receive(request.method, signature, length, () => read(request));
    response.writeHead(status, { 'content-length': 0 }).end();
  };
}

function read(request: IncomingMessage): Promise<Bytes> {
  return new Promise((resolve) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer<ArrayBuffer>) => {
      size += chunk.length;
      if (size > MOST_BYTES) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Bytes) : Buffer.concat(chunks, size)));
  });
}

type Header = string | string[] | null | undefined;

function byHand(secret: string) {
  const verify = verifierByHand(secret);
  const decoder = new TextDecoder();
  return async (method: string | undefined, signature: Header, length: Header, read: () => Promise<Bytes>) => {
    if (method !== 'POST') return 405;
    const [, t, v1] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(signature)) ?? [];
    if (!t || !v1) return 400;
    if (Number(length) > MOST_BYTES) return 413;
    const body = await read();
    if (body.length > MOST_BYTES) return 413;
    if (!(await verify(t, v1, body)) || Math.abs(Date.now() - Number(t)) > TOLERANCE_MS) return 401;
    try {
      const event = JSON.parse(decoder.decode(body));
      await handlers.get(event.event_fqn)?.(event);
      return 200;
    } catch {
      return 500;
    }
  };
}

/** Compares a signature with that of the bytes. The key is created once. */
export function verifierByHand(secret: string): (t: string, v1: string, body: Bytes) => boolean | Promise<boolean> {
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
