import type { RetryInfo } from './options.js';

/**
 * The statuses that are retried. `refused`: the request was turned away and repeats safely, whatever its method.
 * `unknown`: it may have been carried out, so only methods that repeat safely are retried.
 */
const retried: Record<number, 'refused' | 'unknown'> = {
  408: 'unknown',
  429: 'refused',
  500: 'unknown',
  502: 'unknown',
  503: 'unknown',
  504: 'unknown',
};

/** What an attempt that did not succeed means for the call. */
export interface Verdict {
  readonly reason: RetryInfo['reason'];
  /** Whether it is worth another attempt. */
  readonly retries: boolean;
  /** Whether it may have been carried out all the same. */
  readonly mayBeDone: boolean;
  /** What a reply that is worth another attempt asks for. */
  readonly retryAfterMs?: number | undefined;
}

/** PATCH sets values and DELETE removes: doing it twice is doing it once. */
function repeatsSafely(method: string): boolean {
  return method !== 'POST';
}

/** Judges an HTTP reply. */
export function judgeReply({ status, headers }: Response, method: string): Verdict {
  const fate = retried[status];
  return {
    reason: status,
    retries: fate === 'refused' || (fate === 'unknown' && repeatsSafely(method)),
    mayBeDone: mayBeDone(status),
    retryAfterMs: fate && parseRetryAfter(headers.get('retry-after')),
  };
}

/** Judges an attempt that brought no whole reply. */
export function judgeFailure(kind: 'refused' | 'lost' | 'timeout', method: string): Verdict {
  const refused = kind === 'refused';
  return {
    reason: kind === 'timeout' ? 'timeout' : 'connection',
    retries: refused || repeatsSafely(method),
    mayBeDone: !refused,
  };
}

/** Whether a request that was answered with this error status may have been carried out all the same. */
export function mayBeDone(status: number): boolean {
  return retried[status] === 'unknown' || status >= 500;
}

/** Whether this means that the whole client sends too much. */
export function isRateLimited(reason: RetryInfo['reason']): boolean {
  return retried[reason as number] === 'refused';
}

/** The longest `Retry-After` that is slept through, in milliseconds. */
export const LONGEST_RETRY_AFTER = 60_000;

const httpDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** What a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date; undefined for anything else. */
export function parseRetryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const date = httpDate.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The pause after the attempt number `attempt`, in milliseconds: exponential, at most 8 s, full jitter. */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 500 * 2 ** (attempt - 1));
}
