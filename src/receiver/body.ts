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
