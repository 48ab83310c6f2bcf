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
  /** Requests sent: 0 if it never left, 1 if nothing was retried. */
  readonly attempts: number;
  /** Only on a POST whose fate the reply does not tell. */
  readonly outcome?: Outcome | undefined;
}

const advice: Record<Outcome, string> = {
  unknown: 'The subscription may exist: list() before creating again.',
  'not-sent': 'Nothing was sent: it is safe to try again.',
};

/** What the errors of one call share. */
abstract class CallError extends DixaError implements CallDetails {
  readonly operationId: OperationId;
  readonly method: string;
  readonly url: string;
  readonly attempts: number;
  readonly outcome: Outcome | undefined;

  constructor(what: string, call: CallDetails, options?: ErrorOptions) {
    const tries = call.attempts > 1 ? ` after ${call.attempts} attempts` : '';
    const next = call.outcome ? ` ${advice[call.outcome]}` : '';
    super(`${call.operationId}${tries}: ${what}${next}`, options);
    this.operationId = call.operationId;
    this.method = call.method;
    this.url = call.url;
    this.attempts = call.attempts;
    this.outcome = call.outcome;
  }
}

/** What a {@link DixaApiError} tells beside the call. */
export interface ApiErrorDetails extends CallDetails {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly retryAfterMs?: number | undefined;
}

/** The longest quotation of Dixa's own message, in characters. */
const QUOTED = 300;

/** Dixa, or a proxy before it, answered with an HTTP error. */
export class DixaApiError extends CallError {
  override readonly code: string = 'DIXA_API';
  /** The HTTP status. */
  readonly status: number;
  /** The reply's headers, without `set-cookie`. */
  readonly headers: Headers;
  /** The reply's JSON, its text where it was no JSON, or undefined; secrets are replaced by `[redacted]`. */
  readonly body: unknown;
  /** What the reply's `Retry-After` asked for, in milliseconds. Dixa documents no such header. */
  readonly retryAfterMs: number | undefined;

  constructor(details: ApiErrorDetails, advice = '') {
    const said = (details.body as { message?: unknown } | undefined)?.message;
    const quote = typeof said === 'string' && said ? `: "${said.slice(0, QUOTED)}"` : '';
    super(`HTTP ${details.status}${quote}.${advice && ` ${advice}`}`, details);
    this.status = details.status;
    this.headers = details.headers;
    this.body = details.body;
    this.retryAfterMs = details.retryAfterMs;
  }

  override get name(): string {
    return 'DixaApiError';
  }
}

/** 400: Dixa refused the request's path or body. */
export class DixaBadRequestError extends DixaApiError {
  override readonly code = 'DIXA_BAD_REQUEST';
  override get name(): string {
    return 'DixaBadRequestError';
  }
}

/** 401: the token is missing, wrong, or may not do this; Dixa answers all three alike (observed). */
export class DixaAuthenticationError extends DixaApiError {
  override readonly code = 'DIXA_AUTHENTICATION';
  override get name(): string {
    return 'DixaAuthenticationError';
  }
}

/** 403: the gateway refused (inferred: Dixa documents no 403). */
export class DixaPermissionError extends DixaApiError {
  override readonly code = 'DIXA_PERMISSION';
  override get name(): string {
    return 'DixaPermissionError';
  }
}

/** 404: there is no such subscription in this organisation. */
export class DixaNotFoundError extends DixaApiError {
  override readonly code = 'DIXA_NOT_FOUND';
  override get name(): string {
    return 'DixaNotFoundError';
  }
}

/** 429: more than Dixa's limit for one token (documented: 10 requests a second, bursts of 4, 864,000 a day). */
export class DixaRateLimitError extends DixaApiError {
  override readonly code = 'DIXA_RATE_LIMIT';
  override get name(): string {
    return 'DixaRateLimitError';
  }
}

/** 5xx: Dixa, or a proxy before it, failed. */
export class DixaServerError extends DixaApiError {
  override readonly code = 'DIXA_SERVER';
  override get name(): string {
    return 'DixaServerError';
  }
}

/** No reply: the connection was refused, or lost before the whole reply had come. `cause` tells what the runtime said. */
export class DixaConnectionError extends CallError {
  override readonly code = 'DIXA_CONNECTION';
  override get name(): string {
    return 'DixaConnectionError';
  }
}

/** No whole reply within `timeoutMs` (one attempt) or `totalTimeoutMs` (the call). */
export class DixaTimeoutError extends CallError {
  override readonly code = 'DIXA_TIMEOUT';
  /** The limit that ended it, in milliseconds. */
  readonly timeoutMs: number;

  constructor(what: string, call: CallDetails, timeoutMs: number) {
    super(what, call);
    this.timeoutMs = timeoutMs;
  }

  override get name(): string {
    return 'DixaTimeoutError';
  }
}

/** A reply that cannot be used: a 2xx that is not `{"data": …}`, or a redirect, which is never followed. */
export class DixaResponseError extends CallError {
  override readonly code = 'DIXA_RESPONSE';
  /** The HTTP status; 0 where a browser hides a redirect. */
  readonly status: number;
  /** Where the redirect points to; undefined where there is none or it is hidden. */
  readonly location: string | undefined;

  constructor(what: string, call: CallDetails, reply: { status: number; location?: string | undefined }) {
    super(what, call);
    this.status = reply.status;
    this.location = reply.location;
  }

  override get name(): string {
    return 'DixaResponseError';
  }
}

/** An argument is wrong. Nothing was sent. The value itself is never quoted: it may be a secret in the wrong place. */
export class DixaInputError extends DixaError {
  override readonly code = 'DIXA_INPUT';
  /** The argument or field that is wrong, such as `webhookSubscriptionId` or `filters.Conversation.conditions`. */
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }

  override get name(): string {
    return 'DixaInputError';
  }
}

type ApiErrorClass = typeof DixaApiError;

/** The class of each status, and what its reader should do next. */
const byStatus: Record<number, readonly [ApiErrorClass, string]> = {
  400: [DixaBadRequestError, 'Compare what was sent with the contract.'],
  401: [DixaAuthenticationError, 'Check apiKey: the raw token of an administrator, without "Bearer".'],
  403: [DixaPermissionError, "Check the token's permissions, and proxies in between."],
  404: [DixaNotFoundError, 'list() shows the subscriptions that exist.'],
  429: [DixaRateLimitError, 'Send less, or share one client: processes that share a token are not coordinated.'],
};

/** The error class of a status: a plain {@link DixaApiError} for those without one of their own. */
function classOf(status: number): readonly [ApiErrorClass, string] {
  return byStatus[status] ?? (status >= 500 ? [DixaServerError, 'Try again later.'] : [DixaApiError, '']);
}

/** Whether `status` says that the thing asked for is not there. */
export function isNotFound(status: number): boolean {
  return classOf(status)[0] === DixaNotFoundError;
}

/** The error of an HTTP error reply. */
export function apiError(details: ApiErrorDetails): DixaApiError {
  const [ErrorClass, next] = classOf(details.status);
  return new ErrorClass(details, next);
}
