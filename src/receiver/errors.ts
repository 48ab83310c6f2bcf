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
  readonly reason: SignatureFailure;
  /** How late the delivery is, in milliseconds; negative where the sender's clock is ahead. Only where time is the reason. */
  readonly skewMs: number | undefined;

  constructor(reason: SignatureFailure, message: string, skewMs?: number) {
    super(message);
    this.reason = reason;
    this.skewMs = skewMs;
  }

  override get name(): string {
    return 'DixaSignatureError';
  }
}

/** A body that is rightly signed but is not an event: no JSON, or JSON that is not an object. */
export class DixaPayloadError extends DixaError {
  declare readonly code: 'DIXA_PAYLOAD';

  override get name(): string {
    return 'DixaPayloadError';
  }
}
