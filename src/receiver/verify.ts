import { hmac } from '#hmac';
import { bytesOf, type RawBody } from './body.js';
import { DixaSignatureError } from './errors.js';
import { keyOf } from './key.js';
import { checkSecrets, type Secrets } from './secret.js';
import { parseSignature, type Signature } from './signature.js';

/** How far the time of a delivery may be from ours by default, either way, in milliseconds: five minutes. */
export const TOLERANCE_MS = 300_000;

/** What {@link verifySignature} needs. */
export interface VerifyOptions {
  /** The body as it came, before anything parsed it. Bytes are best: they are what was signed. */
  readonly body: RawBody;
  /** The value of the header `X-DIXA-SIGNATURE`. */
  readonly signature: string | null | undefined;
  /** The `secretKey` of the subscription, or several of which one must match. */
  readonly secret: Secrets;
  /**
   * How far the time of the delivery may be from `now`, either way, in milliseconds.
   * @default 300_000 // one genuine delivery was seen to arrive after 37.5 s
   */
  readonly toleranceMs?: number | undefined;
  /**
   * When it arrived, in epoch milliseconds.
   * @default Date.now()
   */
  readonly now?: number | undefined;
}

/** What a good signature tells. */
export interface VerifiedSignature {
  /** When the delivery was signed. */
  readonly timestamp: Date;
  /** Which of the secrets matched, counted from 0. */
  readonly secretIndex: number;
}

/**
 * Verifies that a delivery comes from Dixa, unchanged and in time. The signature is judged before the time, so that a
 * forger learns nothing of the clock.
 * @throws DixaSignatureError with a `reason`
 * @throws DixaConfigurationError at a malformed secret, or a body that was parsed already
 * @example
 * await verifySignature({ body: await request.arrayBuffer(), signature: request.headers.get('x-dixa-signature'), secret })
 */
export async function verifySignature(options: VerifyOptions): Promise<VerifiedSignature> {
  const secrets = checkSecrets(options.secret);
  const signature = parseSignature(options.signature);
  return verifyParsed(signature, bytesOf(options.body), secrets, options.toleranceMs, options.now);
}

/**
 * Verifies a signature whose header, body and secrets were checked, by every secret from an index on: at once where the
 * back end can, because on a small body a promise or two would cost a third of the HMAC.
 */
export function verifyParsed(
  signature: Signature,
  body: Uint8Array,
  secrets: readonly string[],
  toleranceMs: number = TOLERANCE_MS,
  now: number = Date.now(),
  secretIndex = 0,
): VerifiedSignature | Promise<VerifiedSignature> {
  const secret = secrets[secretIndex];
  if (secret === undefined) {
    throw new DixaSignatureError(
      'signature-mismatch',
      secrets.length > 0
        ? "No secret matches: is it another subscription's, or was the body re-encoded? (dixa-webhooks/README.md#raw-body)."
        : 'There is no secret for this subscription.',
    );
  }
  const judge = (expected: string) => {
    if (!signature.digests.some((digest) => isEqual(digest, expected))) {
      return verifyParsed(signature, body, secrets, toleranceMs, now, secretIndex + 1);
    }
    const time = Number(signature.t);
    const skewMs = now - time;
    const apartMs = Math.abs(skewMs);
    if (apartMs <= toleranceMs) return { timestamp: new Date(time), secretIndex };
    throw new DixaSignatureError(
      'timestamp-out-of-tolerance',
      `The delivery is ${apartMs} ms ${skewMs > 0 ? 'old' : 'ahead'}, over ${toleranceMs}: check the clock, or pass receivedAt after a queue (dixa-webhooks/README.md#receive-events).`,
      skewMs,
    );
  };
  const digest = hmac(keyOf(secret), `${signature.t}.`, body);
  return typeof digest === 'string' ? judge(digest) : digest.then(judge);
}

/** Compares two digests of the same length in a time that does not depend on where they differ. */
function isEqual(a: string, b: string): boolean {
  let difference = 0;
  for (let index = 0; index < b.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
