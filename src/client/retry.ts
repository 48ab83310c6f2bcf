/**
 * Why an attempt failed: the HTTP status, or a reason if there was no response. `connection-failed`: there was no
 * connection, so nothing was sent. `connection-lost`: the request may have reached Dixa.
 */
export type FailureReason = number | 'connection-failed' | 'connection-lost' | 'timeout';

/**
 * The failures that are retried. `not-processed`: Dixa did not process the request, so every method is retried.
 * `unknown`: Dixa may have processed it, so only idempotent methods are retried.
 */
const retried: Record<FailureReason, 'not-processed' | 'unknown'> = {
  408: 'unknown',
  429: 'not-processed',
  500: 'unknown',
  502: 'unknown',
  503: 'unknown',
  504: 'unknown',
  timeout: 'unknown',
  'connection-lost': 'unknown',
  'connection-failed': 'not-processed',
};

/** Whether a request is retried. PATCH and DELETE are idempotent here: repeating them changes nothing more. */
export function isRetried(reason: unknown, method: string): reason is FailureReason {
  const processing = retried[reason as FailureReason];
  return processing === 'not-processed' || (processing === 'unknown' && method !== 'POST');
}

/** Whether Dixa may have processed the request. */
export function mayBeProcessed(reason: unknown): boolean {
  return retried[reason as FailureReason] === 'unknown' || (reason as number) >= 500;
}

/** The longest `Retry-After` that calls wait for, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

/**
 * Parses a `Retry-After` header to milliseconds: seconds, with fractions rounded up, or a date in the only format that RFC
 * 9110 allows, which is that of `toUTCString`. Returns undefined for anything else.
 */
export function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value ?? '')) return Math.min(Math.ceil(Number(value)) * 1000, Number.MAX_SAFE_INTEGER);
  const date = new Date(value ?? '');
  return Number(date) && date.toUTCString() === value ? Math.max(0, Number(date) - Date.now()) : undefined;
}

/** The delay after the given attempt, in milliseconds: exponential with full jitter, at most 8 s. */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 500 * 2 ** (attempt - 1));
}
