import { hmac } from '#hmac';
import { bytesOf, type RawBody } from './body.js';
import { keyOf } from './key.js';
import { checkSecrets } from './secret.js';

/** What {@link signPayload} needs. */
export interface SignOptions {
  /** The body that will be sent. */
  readonly body: RawBody;
  /** The secret to sign with: the hex of at least 16 bytes. */
  readonly secret: string;
  /**
   * The time to sign, in epoch milliseconds.
   * @default Date.now()
   */
  readonly timestamp?: number | undefined;
}

/**
 * The value of `X-DIXA-SIGNATURE` for a body, as Dixa makes it. For tests of a receiver.
 * @throws DixaConfigurationError at a malformed secret
 */
export async function signPayload({ body, secret, timestamp = Date.now() }: SignOptions): Promise<string> {
  checkSecrets(secret);
  return `t=${timestamp},v1=${await hmac(keyOf(secret), `${timestamp}.`, bytesOf(body))}`;
}
