import type { OperationId } from '../../generated/operations.js';
import { DixaError } from '../shared/errors.js';

/**
 * What became of a POST that failed: `'not-sent'`, nothing reached Dixa, it is safe to try again; `'unknown'`, the
 * subscription may exist, call `list()` before creating again.
 */
export type Outcome = 'unknown' | 'not-sent';

/** What every error of a call tells about the call. */
export interface CallDetails {
  /** The contract's name of the operation, such as `getWebhookSubscription`. */
  readonly operationId: OperationId;
  /** The HTTP method. */
  readonly method: string;
  /** The address that was asked. */
  readonly url: string;
  /** Requests sent: 0 if none left, 1 if nothing was retried. */
  readonly attempts: number;
  /** Only on a POST whose fate the reply does not tell. */
  readonly outcome?: Outcome;
}

/** What to do next after a POST. */
export const advice: Record<Outcome, string> = {
  unknown: ' The subscription may exist: list() before creating again.',
  'not-sent': ' Nothing was sent: try again.',
};

/** What the errors of one call share. The details become properties. */
abstract class CallError<Details extends object = object> extends DixaError implements CallDetails {
  declare readonly operationId: OperationId;
  declare readonly method: string;
  declare readonly url: string;
  declare readonly attempts: number;
  declare readonly outcome?: Outcome;

  constructor(what: string, details: CallDetails & Details, options?: ErrorOptions) {
    const { operationId, attempts, outcome } = details;
    super(`${operationId}, attempt ${attempts}: ${what}${outcome ? advice[outcome] : ''}`, options);
    Object.assign(this, details);
  }
}

/** What a {@link DixaApiError} holds besides the call. */
export interface ReplyDetails {
  /** The HTTP status. */
  readonly status: number;
  /** The reply's headers, without `set-cookie`. */
  readonly headers: Headers;
  /** The reply's JSON, its text where it was no JSON, or undefined; secrets are replaced by `[redacted]`. */
  readonly body: unknown;
  /** What the reply's `Retry-After` asked for, in milliseconds. Dixa documents no such header. */
  readonly retryAfterMs: number | undefined;
}

/** Dixa, or a proxy before it, answered with an HTTP error. */
export class DixaApiError extends CallError<ReplyDetails> implements ReplyDetails {
  declare readonly status: number;
  declare readonly headers: Headers;
  declare readonly body: unknown;
  declare readonly retryAfterMs: number | undefined;

  override get name(): string {
    return 'DixaApiError';
  }
}

/** 400: Dixa refused the request's path or body. */
export class DixaBadRequestError extends DixaApiError {
  declare readonly code: 'DIXA_BAD_REQUEST';
  override get name(): string {
    return 'DixaBadRequestError';
  }
}

/** 401: the token is missing, wrong, or may not do this; Dixa answers all three alike (observed). */
export class DixaAuthenticationError extends DixaApiError {
  declare readonly code: 'DIXA_AUTHENTICATION';
  override get name(): string {
    return 'DixaAuthenticationError';
  }
}

/** 403: the gateway refused (inferred: Dixa documents no 403). */
export class DixaPermissionError extends DixaApiError {
  declare readonly code: 'DIXA_PERMISSION';
  override get name(): string {
    return 'DixaPermissionError';
  }
}

/** 404: there is no such subscription in this organisation. */
export class DixaNotFoundError extends DixaApiError {
  declare readonly code: 'DIXA_NOT_FOUND';
  override get name(): string {
    return 'DixaNotFoundError';
  }
}

/** 429: more than Dixa's limit for one token (documented: 10 requests a second, bursts of 4, 864,000 a day). */
export class DixaRateLimitError extends DixaApiError {
  declare readonly code: 'DIXA_RATE_LIMIT';
  override get name(): string {
    return 'DixaRateLimitError';
  }
}

/** 5xx: Dixa, or a proxy before it, failed. */
export class DixaServerError extends DixaApiError {
  declare readonly code: 'DIXA_SERVER';
  override get name(): string {
    return 'DixaServerError';
  }
}

/** No reply: the connection was refused, or lost before the whole reply had come. `cause` is what the runtime said. */
export class DixaConnectionError extends CallError {
  declare readonly code: 'DIXA_CONNECTION';
  override get name(): string {
    return 'DixaConnectionError';
  }
}

/** No whole reply within `timeoutMs` (one attempt) or `totalTimeoutMs` (the call). */
export class DixaTimeoutError extends CallError<{ timeoutMs: number }> {
  declare readonly code: 'DIXA_TIMEOUT';
  /** The limit that ended it, in milliseconds. */
  declare readonly timeoutMs: number;
  override get name(): string {
    return 'DixaTimeoutError';
  }
}

/** A reply that cannot be used: a 2xx that is not `{"data": …}`, or a redirect, which is never followed. */
export class DixaResponseError extends CallError<{ status: number; location?: string | undefined }> {
  declare readonly code: 'DIXA_RESPONSE';
  /** The HTTP status; 0 where a browser hides a redirect. */
  declare readonly status: number;
  /** Where the redirect points to; undefined where there is none, or where a browser hides it. */
  declare readonly location: string | undefined;
  override get name(): string {
    return 'DixaResponseError';
  }
}

/** An argument is wrong. Nothing was sent. The value itself is never quoted: it may be a secret in the wrong place. */
export class DixaInputError extends DixaError {
  declare readonly code: 'DIXA_INPUT';
  /** The argument or field that is wrong, such as `webhookSubscriptionId` or `filters.Conversation.conditions`. */
  declare readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field} ${problem}.`);
    this.field = field;
  }

  override get name(): string {
    return 'DixaInputError';
  }
}

/** The class of each status, and what its reader should do next. */
const byStatus: Record<number, [typeof DixaApiError, next: string]> = {
  400: [DixaBadRequestError, 'Compare the request with the contract.'],
  401: [DixaAuthenticationError, "Check apiKey: an administrator's raw token."],
  403: [DixaPermissionError, 'Check what apiKey may do.'],
  404: [DixaNotFoundError, 'list() shows what exists.'],
  429: [DixaRateLimitError, 'Reduce the request rate; all processes that use this token share the limit.'],
};

/** The class of an error status and what to do next: a plain {@link DixaApiError} where there is none of its own. */
export function classOf(status: number): [typeof DixaApiError, next: string] {
  return (
    byStatus[status] ?? (status >= 500 ? [DixaServerError, 'Try again later.'] : [DixaApiError, 'Look at its body.'])
  );
}
