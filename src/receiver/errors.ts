import { DixaError } from '../shared/errors.js';

/** Why a signature was refused. */
export type SignatureFailure =
  | 'missing-header'
  | 'malformed-header'
  | 'signature-mismatch'
  | 'timestamp-out-of-tolerance';

/** A delivery whose signature does not hold: it does not come from Dixa, was changed on the way, or is too old. */
export class DixaSignatureError extends DixaError {
  declare readonly code: 'DIXA_SIGNATURE';
  /** What is wrong. */
  declare readonly reason: SignatureFailure;
  /** How late the delivery is, in milliseconds; negative where the sender's clock is ahead. Only where time is the reason. */
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
 * A request that brings no event: its body is rightly signed but is no JSON object, is too large or was lost midway, or
 * it is not a POST.
 */
export class DixaPayloadError extends DixaError {
  declare readonly code: 'DIXA_PAYLOAD';
  /** The HTTP status that answers it: 400, 405 or 413. */
  declare readonly status: number;

  constructor(message: string, status = 400, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }

  override get name(): string {
    return 'DixaPayloadError';
  }
}
