import type { OperationId } from '../../generated/operations.js';
import type { apiVersions } from '../../generated/server.js';
import type { RateLimit } from './rate-limit.js';
import type { FailureReason } from './retry.js';

/** A version of Dixa's API. Both versions have the same webhook endpoints (documented). */
export type ApiVersion = (typeof apiVersions)[number];

/** A function with the signature of `globalThis.fetch`, such as a wrapper that adds a proxy. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Receives log messages; `console` works. No message contains a key, a header, a body or an event. */
export interface DixaLogger {
  /** Called for each attempt, with its outcome and duration. */
  debug(message: string): void;
  /** Called for each retry. */
  warn(message: string): void;
}

/** An upcoming retry. */
export interface RetryInfo {
  /** The operation, such as `getWebhookSubscription`. */
  readonly operationId: OperationId;
  /** The number of the failed attempt, starting at 1. */
  readonly attempt: number;
  /** The delay before the next attempt, in milliseconds. The rate limit may add to it. */
  readonly delayMs: number;
  /** Why the attempt failed: the HTTP status, or a reason if there was no response. */
  readonly reason: FailureReason;
}

/** Options for one call. */
export interface CallOptions {
  /**
   * Aborts the call at any point. The call then rejects with the signal's reason.
   * @default none
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * The timeout of each attempt, in milliseconds.
   * @default the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The number of retries after the first attempt; 0 for none.
   * @default the client's `maxRetries`
   */
  readonly maxRetries?: number | undefined;
  /**
   * Additional headers. They override the client's headers of the same name and must not set `Authorization`.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options for {@link createDixaWebhooks}. All are optional if `DIXA_API_KEY` is set. */
export interface DixaWebhooksOptions {
  /**
   * The API token of an administrator, without `Bearer` (documented). It must consist of visible ASCII characters, and
   * is not trimmed.
   * @default the environment variable `DIXA_API_KEY`
   */
  readonly apiKey?: string | undefined;
  /**
   * The version of Dixa's API.
   * @default 'beta'
   */
  readonly apiVersion?: ApiVersion | undefined;
  /**
   * The complete server URL, including the version. It must be `https:`, or `http:` on a loopback address. Do not combine
   * it with `apiVersion`.
   * @default 'https://dev.dixa.io/beta'
   * @example 'http://127.0.0.1:4010' // a mock server
   */
  readonly baseUrl?: string | undefined;
  /**
   * A replacement for `fetch`: for a proxy, a private certificate authority or a test.
   * @default `globalThis.fetch`, looked up at each attempt
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Headers for every request. They must not set `Authorization`; use `apiKey`.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The timeout of each attempt, in milliseconds, including the time to read the response body.
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The timeout of a whole call, in milliseconds, including rate limiting, all attempts and the delays between them.
   * @default none
   */
  readonly totalTimeoutMs?: number | undefined;
  /**
   * The number of retries after the first attempt; 0 for none. See "Retries" in the README.
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /**
   * The client's own rate limit, which keeps it below Dixa's (documented: 10 requests per second and token, bursts of 4).
   * It does not coordinate several processes that share a token. `false` turns it off.
   * @default { requestsPerSecond: 10, burst: 4 }
   */
  readonly rateLimit?: Partial<RateLimit> | false | undefined;
  /**
   * Receives log messages for attempts and retries; `console` works.
   * @default none
   */
  readonly logger?: DixaLogger | undefined;
  /**
   * Called before each retry. The retry waits for a returned promise. If this throws, the call rejects with that error.
   * @default none
   */
  readonly onRetry?: ((info: RetryInfo) => unknown) | undefined;
  /**
   * Allows the client in a browser, where anyone who opens the page can read the organization's key. Test environments with
   * a `document`, such as jsdom, count as browsers.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}
