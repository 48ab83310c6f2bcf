import { hmac } from '#hmac';
import { readme } from '../../generated/version.js';
import { bytesOf, type RawBody } from './body.js';
import { DixaSignatureError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import { keyOf } from './key.js';
import { parseEvent } from './parse.js';
import { checkSecrets, type Secrets } from './secret.js';
import { parseSignature, type Signature, signatureOf } from './signature.js';
import type { DeliveryHeaders } from './types.js';

/** The default of `toleranceMs`: five minutes. */
export const TOLERANCE_MS = 300_000;

/** The options that {@link verifySignature} and {@link verifyEvent} share. */
interface VerifyCommon {
  /** The raw body, before anything parses it: its bytes, or its unchanged text. */
  readonly body: RawBody;
  /** The `secretKey` of the subscription, or an array of which one must match. */
  readonly secret: Secrets;
  /**
   * How far the time of the delivery may differ from `now`, in either direction, in milliseconds.
   * @default 300_000 // 5 minutes; one genuine delivery took 37.5 s (observed)
   */
  readonly toleranceMs?: number | undefined;
  /**
   * When the delivery arrived, in epoch milliseconds.
   * @default Date.now()
   */
  readonly now?: number | undefined;
}

/** Options for {@link verifySignature}. */
export interface VerifyOptions extends VerifyCommon {
  /** The value of the `X-DIXA-SIGNATURE` header. */
  readonly signature: string | null | undefined;
}

/** Options for {@link verifyEvent}. */
export interface VerifyEventOptions extends VerifyCommon {
  /** The headers of the request. */
  readonly headers: DeliveryHeaders;
}

/** The result of {@link verifySignature}. */
export interface VerifiedSignature {
  /** When the delivery was signed. */
  readonly timestamp: Date;
  /** The index of the secret that matched. */
  readonly secretIndex: number;
}

/**
 * Verifies that a delivery comes from Dixa, is unchanged and is recent. The signature is checked before the time, so
 * that a forger learns nothing about the clock.
 * @throws DixaSignatureError with a `reason`
 * @throws DixaConfigurationError if a secret is malformed, or the body was parsed already
 * @example
 * await verifySignature({ body: await request.arrayBuffer(), signature: request.headers.get('x-dixa-signature'), secret })
 */
export async function verifySignature(options: VerifyOptions): Promise<VerifiedSignature> {
  const secrets = checkSecrets(options.secret);
  const signature = parseSignature(options.signature);
  return verifyParsed(signature, bytesOf(options.body), secrets, options);
}

/**
 * Verifies a delivery and resolves with its event, for a router of your own. {@link createReceiver} also reads the body,
 * finds duplicates and responds.
 * @throws DixaSignatureError if it does not come from Dixa, was changed, or is too old; see its `reason`
 * @throws DixaPayloadError if the body is signed, but not a JSON object
 * @throws DixaConfigurationError if a secret is malformed, or the body was parsed already
 * @example
 * const event = await verifyEvent({ body: await request.arrayBuffer(), headers: request.headers, secret })
 * if (event.type === 'ConversationRated') console.log(event.data.score)
 */
export async function verifyEvent(options: VerifyEventOptions): Promise<WebhookEvent | UnknownWebhookEvent> {
  const secrets = checkSecrets(options.secret);
  const body = bytesOf(options.body);
  await verifyParsed(signatureOf(options.headers), body, secrets, options);
  return parseEvent(body);
}

/**
 * Verifies a signature with each secret from an index on. It is synchronous if `hmac` is, because on a small body
 * promises would cost a third of the HMAC.
 */
export function verifyParsed(
  signature: Signature,
  body: Uint8Array,
  secrets: readonly string[],
  { toleranceMs = TOLERANCE_MS, now = Date.now() }: Pick<VerifyCommon, 'toleranceMs' | 'now'>,
  secretIndex = 0,
): VerifiedSignature | Promise<VerifiedSignature> {
  const secret = secrets[secretIndex];
  if (secret === undefined) {
    throw new DixaSignatureError(
      'signature-mismatch',
      `No secret matches: is it from another subscription, or was the body changed (${readme}#raw-body)?`,
    );
  }
  const compare = (expected: string) => {
    if (!signature.digests.some((digest) => isEqual(digest, expected))) {
      return verifyParsed(signature, body, secrets, { toleranceMs, now }, secretIndex + 1);
    }
    const time = Number(signature.t);
    if (Math.abs(now - time) <= toleranceMs) return { timestamp: new Date(time), secretIndex };
    throw outOfTolerance(now, time, toleranceMs);
  };
  const digest = hmac(keyOf(secret), `${signature.t}.`, body);
  return typeof digest === 'string' ? compare(digest) : digest.then(compare);
}

function outOfTolerance(now: number, time: number, toleranceMs: number): DixaSignatureError {
  const skewMs = now - time;
  const isInSeconds = Math.abs(now / 1000 - time) < 86_400 * 365;
  const fix = isInSeconds
    ? 'is t in seconds? It must be milliseconds'
    : 'check the clock; after a queue, pass the time of arrival';
  return new DixaSignatureError(
    'timestamp-out-of-tolerance',
    `The delivery is ${duration(skewMs)} ${skewMs > 0 ? 'old' : 'ahead'} (tolerance: ${duration(toleranceMs)}): ${fix}.`,
    skewMs,
  );
}

/** A duration in a readable unit. */
function duration(ms: number): string {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  if (seconds < 600) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Compares two digests of the same length in a time that does not depend on where they differ. */
function isEqual(a: string, b: string): boolean {
  let difference = 0;
  for (let index = 0; index < b.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
