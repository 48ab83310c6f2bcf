import type { OperationId } from '../../generated/operations.js';
import { DixaError } from '../shared/errors.js';

/**
 * Whether a POST that failed may have created a subscription. `'not-sent'`: it did not, and it is safe to try again.
 * `'unknown'`: it may exist; call `list()` before creating it again.
 */
export type Outcome = 'unknown' | 'not-sent';

/** What every error of a call says about the call. */
export interface CallDetails {
  /** The contract's name of the operation, such as `getWebhookSubscription`. */
  readonly operationId: OperationId;
  /** The HTTP method. */
  readonly method: string;
  /** The URL of the request. */
  readonly url: string;
  /** The number of requests sent: 0 if nothing was sent, 1 if nothing was retried. */
  readonly attempts: number;
  /** Set only for a POST, unless the response says whether it was processed. */
  readonly outcome?: Outcome;
}

/** What to do next after a POST that failed. */
export const advice: Record<Outcome, string> = {
  unknown: ' The subscription may exist: list() before creating again.',
  'not-sent': ' Nothing was sent: try again.',
};

/** The base of the errors of a call. Its details become properties. */
export abstract class CallError<Details extends object = object> extends DixaError implements CallDetails {
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

/** What a {@link DixaApiError} has in addition to {@link CallDetails}. */
export interface ResponseDetails {
  /** The HTTP status. */
  readonly status: number;
  /** The headers of the response, without `set-cookie` and without those that contain a secret. */
  readonly headers: Headers;
  /**
   * The body: its JSON, its text if it is not JSON, or undefined if it is empty. Secrets are replaced by `[redacted]`,
   * and at most 1 MiB is read.
   */
  readonly body: unknown;
  /** How long `Retry-After` asked to wait, in milliseconds. Dixa documents no such header. */
  readonly retryAfterMs: number | undefined;
}

/** Dixa, or a proxy in between, responded with an HTTP error. */
export class DixaApiError extends CallError<ResponseDetails> implements ResponseDetails {
  declare readonly status: number;
  declare readonly headers: Headers;
  declare readonly body: unknown;
  declare readonly retryAfterMs: number | undefined;

  override get name(): string {
    return 'DixaApiError';
  }
}

/** 400: Dixa refused an id or a property of the body. */
export class DixaBadRequestError extends DixaApiError {
  declare readonly code: 'DIXA_BAD_REQUEST';
  override get name(): string {
    return 'DixaBadRequestError';
  }
}

/** 401: the token is missing, wrong or not allowed to do this; Dixa's response is the same for all three (observed). */
export class DixaAuthenticationError extends DixaApiError {
  declare readonly code: 'DIXA_AUTHENTICATION';
  override get name(): string {
    return 'DixaAuthenticationError';
  }
}

/** 403: the gateway refused the request (inferred: Dixa documents no 403). */
export class DixaPermissionError extends DixaApiError {
  declare readonly code: 'DIXA_PERMISSION';
  override get name(): string {
    return 'DixaPermissionError';
  }
}

/** 404: the organisation has no such subscription, or `baseUrl` is wrong. */
export class DixaNotFoundError extends DixaApiError {
  declare readonly code: 'DIXA_NOT_FOUND';
  override get name(): string {
    return 'DixaNotFoundError';
  }
}

/**
 * 429: the token exceeded Dixa's limit (documented: 10 requests a second, bursts of 4, 864,000 a day). If Dixa asked for
 * more than a minute, calls reject with this until then, and `attempts` is 0.
 */
export class DixaRateLimitError extends DixaApiError {
  declare readonly code: 'DIXA_RATE_LIMIT';
  override get name(): string {
    return 'DixaRateLimitError';
  }
}

/** 5xx: Dixa, or a proxy in between, failed. */
export class DixaServerError extends DixaApiError {
  declare readonly code: 'DIXA_SERVER';
  override get name(): string {
    return 'DixaServerError';
  }
}

/**
 * No response: no connection could be made, or it was lost before the whole response had arrived. The message contains
 * the platform's code and the host; `cause` is a copy of the platform's error, without secrets.
 */
export class DixaConnectionError extends CallError {
  declare readonly code: 'DIXA_CONNECTION';
  override get name(): string {
    return 'DixaConnectionError';
  }
}

/** No whole response within `timeoutMs` (for an attempt) or `totalTimeoutMs` (for the call). */
export class DixaTimeoutError extends CallError<{ timeoutMs: number }> {
  declare readonly code: 'DIXA_TIMEOUT';
  /** The limit that was exceeded, in milliseconds. */
  declare readonly timeoutMs: number;
  override get name(): string {
    return 'DixaTimeoutError';
  }
}

/** A response that cannot be used: a 2xx that is not `{"data": …}` or is larger than 64 MiB, or a redirect. */
export class DixaResponseError extends CallError<{ status: number; location?: string | undefined }> {
  declare readonly code: 'DIXA_RESPONSE';
  /** The HTTP status; 0 if a browser hides a redirect. */
  declare readonly status: number;
  /** The target of a redirect, which is never followed. Undefined if there is none, or if a browser hides it. */
  declare readonly location: string | undefined;
  override get name(): string {
    return 'DixaResponseError';
  }
}

/** An argument is wrong. Nothing was sent. The message never contains the value: it may be a secret in the wrong place. */
export class DixaInputError extends DixaError {
  declare readonly code: 'DIXA_INPUT';
  /** The argument or property that is wrong, such as `webhookSubscriptionId` or `filters.Conversation.conditions`. */
  declare readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field} ${problem}.`);
    this.field = field;
  }

  override get name(): string {
    return 'DixaInputError';
  }
}

/** The class of each status, and what to do next. */
const byStatus: Record<number, [typeof DixaApiError, next: string]> = {
  400: [DixaBadRequestError, 'Dixa does not say which value it refused: check the arguments of this call.'],
  401: [DixaAuthenticationError, "Check apiKey: an administrator's raw token."],
  403: [DixaPermissionError, 'Check what apiKey may do.'],
  404: [DixaNotFoundError, 'list() shows what exists.'],
  429: [DixaRateLimitError, 'Reduce the request rate; all processes that use this token share the limit.'],
};

/** The class of an error status and what to do next; {@link DixaApiError} if the status has no class of its own. */
export function classOf(status: number): [typeof DixaApiError, next: string] {
  return (
    byStatus[status] ??
    (status >= 500 ? [DixaServerError, 'Try again later.'] : [DixaApiError, 'See the body of the error.'])
  );
}
