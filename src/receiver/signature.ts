import { DixaSignatureError } from './errors.js';

/** What the header `X-DIXA-SIGNATURE` says: `t=<epoch milliseconds>,v1=<hex>` (documented). */
export interface Signature {
  /** The time as it was signed. */
  readonly t: string;
  /** HMAC-SHA256 digests, as lower-case hex, of which one must match. */
  readonly digests: readonly string[];
}

/** The longest header that is looked at, in characters: a genuine one has 83. */
const LONGEST_HEADER = 1024;

/** The header as Dixa writes it, with one digest, and with up to eight. */
const wellFormed = /^t=(\d{1,15}),v1=([\da-f]{64})((?:,v1=[\da-f]{64}){0,7})$/;

/** The header with the time first, without spaces and without other schemes than `v1`. */
function tidy(header: string): string {
  const pairs = header.split(',').map((pair) => pair.trim());
  return pairs
    .filter((pair) => /^(t|v1)=/.test(pair))
    .sort()
    .join()
    .toLowerCase();
}

/**
 * Parses the header's value. Schemes other than `v1` are passed over.
 * @throws DixaSignatureError `missing-header` or `malformed-header`
 */
export function parseSignature(header: string | null | undefined): Signature {
  if (!header)
    throw new DixaSignatureError('missing-header', 'There is no X-DIXA-SIGNATURE header: does a proxy drop it?');
  // Tidying costs half as much as the HMAC of a small body, so what needs none is spared it.
  const found = header.length > LONGEST_HEADER ? null : (wellFormed.exec(header) ?? wellFormed.exec(tidy(header)));
  if (!found)
    throw new DixaSignatureError('malformed-header', 'The X-DIXA-SIGNATURE header is not t=<milliseconds>,v1=<hex>.');
  const [, t = '', digest = '', others] = found;
  return { t, digests: others ? [digest, ...others.split(',v1=')] : [digest] };
}
