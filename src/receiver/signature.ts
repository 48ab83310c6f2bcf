import { DixaSignatureError } from './errors.js';

/** What the header `X-DIXA-SIGNATURE` says: `t=<epoch milliseconds>,v1=<hex>` (documented). */
export interface Signature {
  /** The time as it was signed. */
  readonly t: string;
  /** HMAC-SHA256 digests, as lower-case hex, of which one must match. */
  readonly digests: readonly string[];
}

/** The longest header that is looked at, in characters, and the most digests in one: a genuine one has 83 and 1. */
const LONGEST_HEADER = 1024;
const MOST_DIGESTS = 8;

/**
 * Parses the header's value. Schemes other than `v1` are passed over.
 * @throws DixaSignatureError `missing-header` or `malformed-header`
 */
export function parseSignature(header: string | null | undefined): Signature {
  if (!header)
    throw new DixaSignatureError(
      'missing-header',
      'There is no X-DIXA-SIGNATURE header: not a delivery of Dixa, or a proxy drops it.',
    );
  const pairs = header.length > LONGEST_HEADER ? [] : header.split(',').map((pair) => pair.trim().split(/=(.*)/s, 2));
  const values = (name: string) => pairs.flatMap(([key, value = '']) => (key === name ? [value] : []));
  const [t = '', ...more] = values('t');
  const digests = values('v1').map((digest) => digest.toLowerCase());
  const good =
    /^\d{1,15}$/.test(t) &&
    more.length === 0 &&
    digests.length > 0 &&
    digests.length <= MOST_DIGESTS &&
    digests.every((digest) => /^[\da-f]{64}$/.test(digest));
  if (!good)
    throw new DixaSignatureError('malformed-header', 'The X-DIXA-SIGNATURE header is not t=<milliseconds>,v1=<hex>.');
  return { t, digests };
}
