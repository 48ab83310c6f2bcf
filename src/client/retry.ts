/**
 * How an attempt failed: the status of the response, or what happened instead of one. `connection-failed`: no connection
 * was made, so nothing was sent. `connection-lost`: the request may have reached Dixa.
 */
export type FailureReason = number | 'connection-failed' | 'connection-lost' | 'timeout';

/**
 * What is retried. `not-processed`: Dixa did not act on the request, so that it is repeated whatever the method.
 * `unknown`: Dixa may have acted on it, so that only what can be done twice is repeated.
 */
const fates: Record<FailureReason, 'not-processed' | 'unknown'> = {
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

/** Whether it is worth another attempt. PATCH sets values and DELETE removes: doing it twice is doing it once. */
export function isRetried(reason: unknown, method: string): reason is FailureReason {
  const fate = fates[reason as FailureReason];
  return fate === 'not-processed' || (fate === 'unknown' && method !== 'POST');
}

/** Whether Dixa may have acted on the request. */
export function mayBeProcessed(reason: unknown): boolean {
  return fates[reason as FailureReason] === 'unknown' || (reason as number) >= 500;
}

/** The longest `Retry-After` that is waited for, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

/**
 * What a `Retry-After` header asks for, in milliseconds: seconds, a fraction rounded up, or a date in the one form that
 * senders may use (RFC 9110), which is also what `toUTCString` writes. Undefined for anything else.
 */
export function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value ?? '')) return Math.min(Math.ceil(Number(value)) * 1000, Number.MAX_SAFE_INTEGER);
  const date = new Date(value ?? '');
  return Number(date) && date.toUTCString() === value ? Math.max(0, Number(date) - Date.now()) : undefined;
}

/** The pause after the attempt number `attempt`, in milliseconds: exponential, at most 8 s, full jitter. */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 500 * 2 ** (attempt - 1));
}
