import { DixaError } from '../shared/errors.js';

/**
 * Why a signature was refused. `no-secret`: the secret function knows none for the subscription. `signature-mismatch`: no
 * secret matches, so that the delivery does not come from Dixa or was changed on the way.
 */
export type SignatureFailure =
  | 'missing-header'
  | 'malformed-header'
  | 'no-secret'
  | 'signature-mismatch'
  | 'timestamp-out-of-tolerance';

/** A delivery is not genuine: it does not come from Dixa, was changed on the way, or is too old. */
export class DixaSignatureError extends DixaError {
  declare readonly code: 'DIXA_SIGNATURE';
  /** What is wrong with it. */
  declare readonly reason: SignatureFailure;
  /** How old the delivery is, in milliseconds; negative if it is from the future. Set only if that is the reason. */
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
 * A request contains no event: its body is signed but not a JSON object, is too large or was cut off, or it is not a
 * POST.
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
