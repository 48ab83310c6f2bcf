import type { OperationId } from '../../generated/operations.js';
import type { apiVersions } from '../../generated/server.js';
import type { RateLimit } from './rate-limit.js';
import type { FailureReason } from './retry.js';

/** The path segment that picks a version of Dixa's API. Both have the same webhook endpoints (documented). */
export type ApiVersion = (typeof apiVersions)[number];

/** What the client needs of a `fetch`. `globalThis.fetch` fits, and so does a wrapper that adds a proxy. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where the client tells what it does; `console` fits. It gets no key, no header, no body and no event. */
export interface DixaLogger {
  /** Each attempt, with its outcome and time. */
  debug(message: string): void;
  /** Each retry. */
  warn(message: string): void;
}

/** A retry that is about to happen. */
export interface RetryInfo {
  /** The contract's name of the operation. */
  readonly operationId: OperationId;
  /** The number of the attempt that failed, counted from 1. */
  readonly attempt: number;
  /** The pause before the next attempt, in milliseconds; the rate limiter may add to it. */
  readonly delayMs: number;
  /** Why: the status that was answered, or what happened instead of an answer. */
  readonly reason: FailureReason;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call, whatever it is waiting for. It rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for each attempt of this call. Default: the client's. */
  readonly timeoutMs?: number | undefined;
  /** Retries of this call; 0 for none. Default: the client's. */
  readonly maxRetries?: number | undefined;
  /** Headers of this call, over the client's. `Authorization` is refused: the key is the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of {@link createDixaWebhooks}; all may be left out where `DIXA_API_KEY` is set. */
export interface DixaWebhooksOptions {
  /**
   * The API token of an administrator of the organisation, raw, without `Bearer` (documented). Visible ASCII
   * characters only, nothing is trimmed.
   * @default the environment variable `DIXA_API_KEY`
   */
  readonly apiKey?: string | undefined;
  /**
   * The version of Dixa's API.
   * @default 'beta'
   */
  readonly apiVersion?: ApiVersion | undefined;
  /**
   * Replaces the whole server address, version included. `https:`, or `http:` on a loopback address.
   * @default 'https://dev.dixa.io/beta'
   * @example 'http://127.0.0.1:4010' // a mock server
   */
  readonly baseUrl?: string | undefined;
  /**
   * Replaces `fetch`, for a proxy, a private certificate authority or a test.
   * @default `globalThis.fetch`, looked up at each attempt
   */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. `Authorization` is refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Milliseconds for one attempt, until its body is read.
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Milliseconds for a whole call: waiting for the rate limit, attempts and pauses together.
   * @default none
   */
  readonly totalTimeoutMs?: number | undefined;
  /**
   * Retries after the first attempt. The README says what is retried, and when.
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /**
   * The client's own limit, which keeps it below Dixa's (documented: 10 requests a second for one token, bursts of 4).
   * Processes that share a token are not coordinated. `false` switches it off.
   * @default { requestsPerSecond: 10, burst: 4 }
   */
  readonly rateLimit?: Partial<RateLimit> | false | undefined;
  /** Where to tell what the client does. Default: nowhere. */
  readonly logger?: DixaLogger | undefined;
  /** Called, and waited for, before each retry. What it throws ends the call. */
  readonly onRetry?: ((info: RetryInfo) => unknown) | undefined;
  /**
   * Lets the client run in a browser, where whoever opens the page can read the key, which is the whole organisation's.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}
