import { DixaConfigurationError } from '../shared/errors.js';
import { DixaSignatureError } from './errors.js';
import type { DeliveryHeaders } from './types.js';

/** What the header `X-DIXA-SIGNATURE` contains: `t=<epoch milliseconds>,v1=<hex>` (documented). */
export interface Signature {
  /** The time, as it was signed. */
  readonly t: string;
  /** HMAC-SHA256 digests, as lower-case hex. One must match. */
  readonly digests: readonly string[];
}

/** The longest header that is parsed, in characters: a genuine one has 83. */
const LONGEST_HEADER = 1024;

/** The header as Dixa writes it, with one digest, and with up to eight. */
const wellFormed = /^t=(\d{1,15}),v1=([\da-f]{64})((?:,v1=[\da-f]{64}){0,7})$/;

/** Normalises the header: the time first, no spaces, and no schemes other than `v1`. */
function tidy(header: string): string {
  const pairs = header.split(',').map((pair) => pair.trim());
  return pairs
    .filter((pair) => /^(t|v1)=/.test(pair))
    .sort()
    .join()
    .toLowerCase();
}

/**
 * Parses the value of the header. Schemes other than `v1` are ignored.
 * @throws DixaSignatureError `missing-header` or `malformed-header`
 */
export function parseSignature(header: string | null | undefined): Signature {
  if (!header) {
    throw new DixaSignatureError('missing-header', 'The X-DIXA-SIGNATURE header is missing: does a proxy remove it?');
  }
  // Tidying costs half as much as the HMAC of a small body, and Dixa's own header does not need it.
  const found = header.length > LONGEST_HEADER ? null : (wellFormed.exec(header) ?? wellFormed.exec(tidy(header)));
  if (!found) {
    throw new DixaSignatureError('malformed-header', 'The X-DIXA-SIGNATURE header is not t=<milliseconds>,v1=<hex>.');
  }
  const [, t = '', digest = '', others] = found;
  return { t, digests: others ? [digest, ...others.split(',v1=')] : [digest] };
}

/** The signature of a delivery. */
export function signatureOf(headers: DeliveryHeaders): Signature {
  return parseSignature(headerOf(headers, 'x-dixa-signature'));
}

/** The id in `X-DIXA-SUBSCRIPTION-ID`, if it is a UUID. */
export function subscriptionIdOf(headers: DeliveryHeaders): string | undefined {
  const id = headerOf(headers, 'x-dixa-subscription-id') ?? '';
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id : undefined;
}

/** The value of a header, ignoring case. Several values are joined with commas, as in HTTP. */
function headerOf(headers: DeliveryHeaders, name: string): string | undefined {
  if (Object(headers) !== headers) {
    throw new DixaConfigurationError('headers must be the headers of the request.');
  }
  // Not by instanceof: polyfills and other realms have a `Headers` of their own.
  if (typeof headers.get === 'function') return (headers as Headers).get(name) ?? undefined;
  const value =
    (headers as Exclude<DeliveryHeaders, Headers>)[name] ??
    Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return value?.toString();
}
