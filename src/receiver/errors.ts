import { DixaError } from '../shared/errors.js';

/**
 * Why a signature was refused. `no-secret`: the secret function returned none. `signature-mismatch`: no secret matches,
 * so the delivery does not come from Dixa or was changed in transit.
 */
export type SignatureFailure =
  | 'missing-header'
  | 'malformed-header'
  | 'no-secret'
  | 'signature-mismatch'
  | 'timestamp-out-of-tolerance';

/** A delivery is not genuine: it does not come from Dixa, was changed in transit, or is too old. */
export class DixaSignatureError extends DixaError {
  declare readonly code: 'DIXA_SIGNATURE';
  /** Why the signature was refused. */
  declare readonly reason: SignatureFailure;
  /**
   * The age of the delivery, in milliseconds; negative if it is from the future. Set only for
   * `timestamp-out-of-tolerance`.
   */
  declare readonly skewMs: number | undefined;

  constructor(reason: SignatureFailure, message: string, skewMs?: number) {
    super(message);
    this.reason = reason;
    this.skewMs = skewMs;
  }

  override get name(): string {
    return 'DixaSignatureError';
  }
}

/**
 * A request does not contain an event: its body is signed but not a JSON object, is too large or incomplete, or its
 * method is not POST.
 */
export class DixaPayloadError extends DixaError {
  declare readonly code: 'DIXA_PAYLOAD';
  /** The HTTP status of the response: 400, 405 or 413. */
  declare readonly status: number;

  constructor(message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }

  override get name(): string {
    return 'DixaPayloadError';
  }
}
