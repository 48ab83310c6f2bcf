import type { OperationId } from '../../generated/operations.js';
import type { apiVersions } from '../../generated/server.js';
import type { RateLimit } from './rate-limit.js';
import type { FailureReason } from './retry.js';

/** A version of Dixa's API. Both versions have the same webhook endpoints (documented). */
export type ApiVersion = (typeof apiVersions)[number];

/** A function like `globalThis.fetch`, such as a wrapper that adds a proxy. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Receives log messages; `console` works. No message contains a key, a header, a body or an event. */
export interface DixaLogger {
  /** Called for each attempt, with its outcome and its time. */
  debug(message: string): void;
  /** Called for each retry. */
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
  /** The reason: the status of the response, or what happened if there was none. */
  readonly reason: FailureReason;
}

/** Options of one call. */
export interface CallOptions {
  /**
   * Ends the call, whatever it waits for. The call then rejects with the signal's own reason.
   * @default none
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for each attempt of this call.
   * @default the client's `timeoutMs`
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Retries of this call; 0 for none.
   * @default the client's `maxRetries`
   */
  readonly maxRetries?: number | undefined;
  /**
   * Headers of this call, in addition to the client's or instead of them. They must not set `Authorization`.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of {@link createDixaWebhooks}. All are optional if `DIXA_API_KEY` is set. */
export interface DixaWebhooksOptions {
  /**
   * The API token of an administrator of the organisation, without `Bearer` (documented). It consists of visible ASCII
   * characters; nothing is trimmed.
   * @default the environment variable `DIXA_API_KEY`
   */
  readonly apiKey?: string | undefined;
  /**
   * The version of Dixa's API.
   * @default 'beta'
   */
  readonly apiVersion?: ApiVersion | undefined;
  /**
   * Replaces the whole server address, including the version. It must be `https:`, or `http:` on a loopback address.
   * Do not pass `apiVersion` as well.
   * @default 'https://dev.dixa.io/beta'
   * @example 'http://127.0.0.1:4010' // a mock server
   */
  readonly baseUrl?: string | undefined;
  /**
   * Replaces `fetch`: for a proxy, a private certificate authority or a test.
   * @default `globalThis.fetch`, looked up at each attempt
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Headers of every request. They must not set `Authorization`; use `apiKey`.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Milliseconds for one attempt, until the body of the response is read.
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Milliseconds for a whole call: the wait for the rate limit, all attempts and the pauses between them.
   * @default none
   */
  readonly totalTimeoutMs?: number | undefined;
  /**
   * Retries after the first attempt. The README says what is retried and when.
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /**
   * The client's own limit, which keeps it below Dixa's (documented: 10 requests a second for each token, bursts of 4).
   * Processes that share a token are not coordinated. `false` turns it off.
   * @default { requestsPerSecond: 10, burst: 4 }
   */
  readonly rateLimit?: Partial<RateLimit> | false | undefined;
  /**
   * Receives a message for each attempt and each retry; `console` works.
   * @default none
   */
  readonly logger?: DixaLogger | undefined;
  /**
   * Called before each retry, which waits for what it returns.
   * @default none
   */
  readonly onRetry?: ((info: RetryInfo) => unknown) | undefined;
  /**
   * Lets the client run in a browser, where everyone who opens the page can read the key of the whole organisation. Test
   * environments with a `document`, such as jsdom, count as browsers.
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}
