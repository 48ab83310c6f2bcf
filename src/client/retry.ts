/** How an attempt failed: the status that was answered, or what happened instead of an answer. */
export type FailureReason = number | 'connection-refused' | 'connection-lost' | 'timeout';

/**
 * What is retried. `turned-away`: it was not carried out and repeats safely, whatever the method. `unknown`: it may
 * have been carried out, so that only what can be done twice is retried.
 */
const fates: Record<FailureReason, 'turned-away' | 'unknown'> = {
  408: 'unknown',
  429: 'turned-away',
  500: 'unknown',
  502: 'unknown',
  503: 'unknown',
  504: 'unknown',
  timeout: 'unknown',
  'connection-lost': 'unknown',
  'connection-refused': 'turned-away',
};

/** Whether it is worth another attempt. PATCH sets values and DELETE removes: doing it twice is doing it once. */
export function isRetried(reason: FailureReason, method: string): boolean {
  return reason in fates && (fates[reason] === 'turned-away' || method !== 'POST');
}

/** Whether the request may have been carried out all the same. */
export function mayBeDone(reason: FailureReason): boolean {
  return fates[reason] === 'unknown' || (reason as number) >= 500;
}

/** Whether it means that the whole client sends too much. */
export function isRateLimited(reason: FailureReason): boolean {
  return typeof reason === 'number' && fates[reason] === 'turned-away';
}

/** The longest `Retry-After` that is slept through, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

/**
 * What a `Retry-After` header asks for, in milliseconds: seconds, or a date in the one form that senders may use
 * (RFC 9110), which is also what `toUTCString` writes. Undefined for anything else.
 */
export function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (/^\d+$/.test(value ?? '')) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const date = new Date(value ?? '');
  return Number(date) && date.toUTCString() === value ? Math.max(0, Number(date) - Date.now()) : undefined;
}

/** The pause after the attempt number `attempt`, in milliseconds: exponential, at most 8 s, full jitter. */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 500 * 2 ** (attempt - 1));
}
