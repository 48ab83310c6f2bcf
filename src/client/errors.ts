import type { OperationId } from '../../generated/operations.js';
import { DixaError } from '../shared/errors.js';

/**
 * Whether a failed POST may have created a subscription. `'not-sent'`: it did not, so it is safe to try again.
 * `'unknown'`: the subscription may exist; call `list()` before creating it again.
 */
export type Outcome = 'unknown' | 'not-sent';

/** The properties of every error of a call. */
export interface CallDetails {
  /** The operation, such as `getWebhookSubscription`. */
  readonly operationId: OperationId;
  /** The HTTP method. */
  readonly method: string;
  /** The URL of the request. */
  readonly url: string;
  /** The number of requests sent: 0 if none was sent, 1 if there was no retry. */
  readonly attempts: number;
  /** Whether a POST may have been processed. Not set for other methods, or if the response makes it clear. */
  readonly outcome?: Outcome;
}

/** What to do next after a POST that failed. */
export const advice: Record<Outcome, string> = {
  unknown: ' The subscription may exist: call list() before creating it again.',
  'not-sent': ' Nothing was sent: try again.',
};

/** The base class of the errors of a call. The details become properties. */
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

/** The properties of a {@link DixaApiError}, in addition to {@link CallDetails}. */
export interface ResponseDetails {
  /** The HTTP status. */
  readonly status: number;
  /** The headers of the response, without `set-cookie` and any that contain a secret. */
  readonly headers: Headers;
  /**
   * The body of the response: parsed JSON, text if it is not JSON, or undefined if it is empty. Secrets are replaced by
   * `[redacted]`, and only the first 1 MiB is read.
   */
  readonly body: unknown;
  /** The delay from the `Retry-After` header, in milliseconds. Dixa documents no such header. */
  readonly retryAfterMs: number | undefined;
}

/** Dixa or a proxy responded with an HTTP error. */
export class DixaApiError extends CallError<ResponseDetails> implements ResponseDetails {
  declare readonly status: number;
  declare readonly headers: Headers;
  declare readonly body: unknown;
  declare readonly retryAfterMs: number | undefined;

  override get name(): string {
    return 'DixaApiError';
  }
}

/** 400: Dixa rejected an id or a property of the body. */
export class DixaBadRequestError extends DixaApiError {
  declare readonly code: 'DIXA_BAD_REQUEST';
  override get name(): string {
    return 'DixaBadRequestError';
  }
}

/** 401: the token is missing, wrong or lacks permission. Dixa's response is the same for all three (observed). */
export class DixaAuthenticationError extends DixaApiError {
  declare readonly code: 'DIXA_AUTHENTICATION';
  override get name(): string {
    return 'DixaAuthenticationError';
  }
}

/** 403: the gateway rejected the request. Inferred: Dixa documents no 403. */
export class DixaPermissionError extends DixaApiError {
  declare readonly code: 'DIXA_PERMISSION';
  override get name(): string {
    return 'DixaPermissionError';
  }
}

/** 404: there is no such subscription, or `baseUrl` is wrong. */
export class DixaNotFoundError extends DixaApiError {
  declare readonly code: 'DIXA_NOT_FOUND';
  override get name(): string {
    return 'DixaNotFoundError';
  }
}

/**
 * 429: the token exceeded Dixa's rate limit (documented: 10 requests per second, bursts of 4, 864,000 per day). After a
 * `Retry-After` of more than a minute, all calls reject with this error until then, with `attempts: 0`.
 */
export class DixaRateLimitError extends DixaApiError {
  declare readonly code: 'DIXA_RATE_LIMIT';
  override get name(): string {
    return 'DixaRateLimitError';
  }
}

/** 5xx: Dixa or a proxy failed. */
export class DixaServerError extends DixaApiError {
  declare readonly code: 'DIXA_SERVER';
  override get name(): string {
    return 'DixaServerError';
  }
}

/**
 * No response: the connection failed, or was lost before the complete response arrived. The message contains the
 * platform's code and the host. `cause` is a copy of the platform's error, without secrets.
 */
export class DixaConnectionError extends CallError {
  declare readonly code: 'DIXA_CONNECTION';
  override get name(): string {
    return 'DixaConnectionError';
  }
}

/** No complete response within `timeoutMs` (per attempt) or `totalTimeoutMs` (per call). */
export class DixaTimeoutError extends CallError<{ timeoutMs: number }> {
  declare readonly code: 'DIXA_TIMEOUT';
  /** The timeout that was exceeded, in milliseconds. */
  declare readonly timeoutMs: number;
  override get name(): string {
    return 'DixaTimeoutError';
  }
}

/** An unusable response: a 2xx that is not `{"data": …}` or is larger than 64 MiB, or a redirect. */
export class DixaResponseError extends CallError<{ status: number; location?: string | undefined }> {
  declare readonly code: 'DIXA_RESPONSE';
  /** The HTTP status, or 0 if a browser hides a redirect. */
  declare readonly status: number;
  /** The target of a redirect. Redirects are never followed. Undefined if there is none, or if a browser hides it. */
  declare readonly location: string | undefined;
  override get name(): string {
    return 'DixaResponseError';
  }
}

/** An argument is wrong. Nothing was sent. The message never contains the value, because it may be a misplaced secret. */
export class DixaInputError extends DixaError {
  declare readonly code: 'DIXA_INPUT';
  /** The wrong argument or property, such as `webhookSubscriptionId` or `filters.Conversation.conditions`. */
  declare readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field} ${problem}.`);
    this.field = field;
  }

  override get name(): string {
    return 'DixaInputError';
  }
}

/** The class for each status, and what to do next. */
const byStatus: Record<number, [typeof DixaApiError, next: string]> = {
  400: [DixaBadRequestError, 'Dixa does not say which value it rejected: check the arguments of this call.'],
  401: [DixaAuthenticationError, "Check apiKey: it must be an administrator's token, without Bearer."],
  403: [DixaPermissionError, 'Check the permissions of apiKey.'],
  404: [DixaNotFoundError, 'Call list() to see which subscriptions exist.'],
  429: [DixaRateLimitError, 'Reduce the request rate; all processes that use this token share the limit.'],
};

/** The class for an error status, and what to do next. Statuses without their own class use {@link DixaApiError}. */
export function classOf(status: number): [typeof DixaApiError, next: string] {
  return (
    byStatus[status] ??
    (status >= 500 ? [DixaServerError, 'Try again later.'] : [DixaApiError, 'See the body of the error.'])
  );
}
