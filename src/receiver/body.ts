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
  // Not by instanceof: test runners and workers have bytes of another realm.
  if (ArrayBuffer.isView(view)) return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  throw notRaw('parsed');
}

/** The error of a body that something took from the receiver. */
export function notRaw(done: 'parsed' | 'read' | 'decoded'): DixaConfigurationError {
  return new DixaConfigurationError(
    `The body was ${done} before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).`,
  );
}

/** The error of a body that stopped midway. */
export function bodyLost(cause?: unknown): DixaPayloadError {
  return new DixaPayloadError('The connection was lost within the body.', 400, { cause });
}

/** The error of a body over the limit. */
export function bodyTooLarge(limit: number): DixaPayloadError {
  return new DixaPayloadError(`The body is over maxBodyBytes, ${limit}.`, 413);
}
