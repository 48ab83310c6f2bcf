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

/** Whether it was not carried out: the connection was refused, or Dixa says that it gets too much. */
export function isTurnedAway(reason: FailureReason): boolean {
  return fates[reason] === 'turned-away';
}

/** Whether it is worth another attempt. PATCH sets values and DELETE removes: doing it twice is doing it once. */
export function isRetried(reason: FailureReason, method: string): boolean {
  return isTurnedAway(reason) || (reason in fates && method !== 'POST');
}

/** Whether the request may have been carried out all the same. */
export function mayBeDone(reason: FailureReason | 'rate-limit'): boolean {
  return fates[reason as FailureReason] === 'unknown' || (reason as number) >= 500;
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
