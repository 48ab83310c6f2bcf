import { hmac } from '#hmac';
import { DixaConfigurationError } from '../shared/errors.js';
import { bytesOf, type RawBody } from './body.js';
import { keyOf } from './key.js';
import { checkSecrets } from './secret.js';

/** Options for {@link signPayload}. */
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
 * Signs a body like Dixa, for tests of a receiver. Resolves with the value of the `X-DIXA-SIGNATURE` header.
 * @throws DixaConfigurationError if the secret is malformed, or `timestamp` is not a whole number
 * @example
 * const headers = { 'x-dixa-signature': await signPayload({ body, secret }) }
 */
export async function signPayload({ body, secret, timestamp = Date.now() }: SignOptions): Promise<string> {
  checkSecrets(typeof secret === 'string' ? secret : '');
  if (!/^\d{1,15}$/.test(String(timestamp))) {
    throw new DixaConfigurationError('timestamp must be a whole number of epoch milliseconds, such as Date.now().');
  }
  return `t=${timestamp},v1=${await hmac(keyOf(secret), `${timestamp}.`, bytesOf(body))}`;
}
