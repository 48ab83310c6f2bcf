import { decode } from '#hmac';
import { DixaConfigurationError } from '../shared/errors.js';
import { DixaPayloadError } from './errors.js';

/** A body as it came: its bytes, or its text where that was never changed. */
export type RawBody = string | Uint8Array | ArrayBuffer;

/** The bytes of a body, not copied where they are bytes already. Refuses what was parsed before it was verified. */
export function bytesOf(body: RawBody): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  const view = body as DataView;
  if (ArrayBuffer.isView(view)) return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  throw new DixaConfigurationError(
    'The body was parsed before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).',
  );
}

/** The error of a body that another part of the program has read. */
export function alreadyRead(): DixaConfigurationError {
  return new DixaConfigurationError(
    'The body was read before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).',
  );
}

/** A body over the limit. Answered 413. */
export class BodyTooLarge extends DixaPayloadError {
  constructor(limit: number) {
    super(`The body is over maxBodyBytes, ${limit}.`);
  }
}

/** The text of a body: a byte order mark is skipped, and what is no UTF-8 becomes U+FFFD. */
export function textOf(body: RawBody): string {
  return typeof body === 'string' ? body.replace(/^\ufeff/, '') : decode(bytesOf(body));
}
