import { DixaConfigurationError, type DixaError } from '../shared/errors.js';
import { attempt, type Ending, isSuccess, LARGEST, type Send } from './attempt.js';
import {
  advice,
  DixaConnectionError,
  DixaInputError,
  DixaRateLimitError,
  DixaResponseError,
  DixaTimeoutError,
  type Outcome,
} from './errors.js';
import type { Fetch } from './options.js';
import { createRateLimiter, type Place } from './rate-limit.js';
import { redactError } from './redact.js';
import { type Call, detailsOf, type Exchange, type Outgoing, redactOf, refuseRedirect, type Sent } from './reply.js';
import { backoff, isRetried, LONGEST_RETRY_AFTER, mayBeProcessed, parseRetryAfter } from './retry.js';
import type { Settings } from './settings.js';
import { timeIsUp, within } from './wait.js';

/** Sends the requests of a client, both those of its methods and of `raw`. */
export interface Transport {
  /** Waits until the rate limit permits a request. Resolves with false if that would be too late for this call. */
  waitForPermit(call: Call): Promise<boolean>;
  /**
   * Sends the request of a call with the key, within the rate limit, and retries it if the rules allow. With `hasPermit`,
   * the first attempt does not wait for the rate limit.
   */
  send(request: Outgoing, call: Call, hasPermit: boolean): Promise<Exchange>;
}

export function createTransport(settings: Settings): Transport {
  const { baseUrl, apiKey, logger, onRetry } = settings;
  const limiter = createRateLimiter(settings.rateLimit);

  async function waitForPermit({ deadline, stop }: Call): Promise<boolean> {
    // Otherwise synchronous code of the caller could run between getting a permit and sending the request.
    await undefined;
    const place: Place = { number: 0, nextCheckAt: 0, overdueChecks: 0 };
    try {
      while (!stop?.aborted && limiter.heldFor() <= LONGEST_RETRY_AFTER) {
        const ms = limiter.take(place, deadline);
        if (ms === 0) return true;
        if (ms === Infinity) return false;
        await within(ms, stop);
      }
      return false;
    } finally {
      limiter.leave(place);
    }
  }

  async function send(request: Outgoing, call: Call, hasPermit: boolean): Promise<Exchange> {
    const { operationId, method, data, timeoutMs, maxRetries, deadline, stop } = call;
    const { url, headers, body } = request;
    if (!url.startsWith(`${baseUrl}/`))
      throw new DixaInputError('baseUrl', 'is fixed: the key is sent to no other address');
    headers.set('Authorization', apiKey);
    const sendOnce = sender(request, call);
    let ending: Ending = { reason: 'rate-limit' };
    let sent: Sent = { url, headers, body, attempts: 0 };
    let mayBeDoneAlready = false;

    for (
      let isPermitted = hasPermit || (await waitForPermit(call));
      isPermitted;
      isPermitted = await waitForPermit(call)
    ) {
      const startedAt = performance.now();
      const attempts = sent.attempts + 1;
      sent = { url, headers, body, attempts };
      ending = await attempt(sendOnce, { timeoutMs, stop, ignoresBody: data === 'none' });

      const { reason, response, text = '' } = ending;
      const name = `${operationId}, attempt ${attempts}: ${reason}`;
      logger?.debug(`${name} in ${Math.round(performance.now() - startedAt)} ms`);
      if (response && isSuccess(reason)) return { response, text, sent };
      if (mayBeDoneAlready && data === 'none' && reason === 404) return { response: new Response(), text: '', sent };

      if (stop?.aborted || !isRetried(reason, method)) return giveUp(ending, call, sent);
      const retryAfterMs = parseRetryAfter(response?.headers.get('retry-after'));
      const delayMs = retryAfterMs ?? backoff(attempts);
      if (retryAfterMs && reason === 429) limiter.hold(retryAfterMs);
      const isLast = attempts > maxRetries || delayMs > LONGEST_RETRY_AFTER;
      // Timers can fire a millisecond early.
      if (isLast || performance.now() + delayMs >= deadline - 1) return giveUp(ending, call, sent);
      mayBeDoneAlready ||= mayBeProcessed(reason);
      logger?.warn(`${name}, retry in ${Math.round(delayMs)} ms`);
      const hook = async () => onRetry?.({ operationId, attempt: attempts, delayMs, reason });
      if (onRetry) await within(Infinity, stop, hook());
      await within(delayMs, stop);
    }
    const heldMs = limiter.heldFor();
    if (heldMs > LONGEST_RETRY_AFTER && !stop?.aborted) throw rateLimitError(heldMs, call, sent);
    return giveUp(ending, call, sent);
  }

  return { waitForPermit, send };
}

/** Creates the function that sends one attempt. */
function sender({ url, method, headers, body }: Outgoing, { fetch, init }: Call): Send {
  const isText = typeof body === 'string';
  return (signal) => {
    // If a kept-alive connection is lost, Deno and Bun retry even a POST on their own, unless the body is a Blob (Deno) or
    // the connection is new (Bun).
    const own: RequestInit = { method, headers, body: body ?? null, redirect: 'manual', signal };
    if ('Deno' in globalThis && isText) own.body = new Blob([body]);
    if ('Bun' in globalThis && method === 'POST') own.keepalive = false;
    // Next.js would cache the first response. Some platforms throw if they do not know this option.
    if ('cache' in Request.prototype && !(init && 'cache' in init)) own.cache = 'no-store';
    return (fetch ?? (globalThis.fetch as Fetch))(url, init ? { ...init, ...own } : own);
  };
}

/** Ends a call: returns an HTTP error response, and throws if there is no usable response. */
function giveUp(ending: Ending, call: Call, sent: Sent): Exchange {
  const { reason, response, text = '' } = ending;
  const { stop, timeoutMs, totalTimeoutMs } = call;
  const outcome = mayBeProcessed(reason) ? 'unknown' : 'not-sent';
  if (stop?.aborted && stop.reason !== timeIsUp) throw stop.reason;
  if (stop?.aborted || reason === 'rate-limit') throw timeoutError(totalTimeoutMs, outcome, call, sent);
  if (reason === 'timeout') throw timeoutError(timeoutMs, outcome, call, sent);
  if (typeof reason !== 'number' || !response) throw fetchError(ending, call, sent);
  refuseRedirect(response, call, sent);
  return { response, text, sent };
}

/** The error for a call that took too long. */
export function timeoutError(timeoutMs: number, outcome: Outcome, call: Call, sent: Sent): DixaTimeoutError {
  const what = `no response within ${timeoutMs} ms. Increase the timeout, or try again later.`;
  return new DixaTimeoutError(what, { ...detailsOf(call, sent, outcome), timeoutMs });
}

/** The error for a call that is not sent because an earlier 429 had a long `Retry-After`. */
function rateLimitError(retryAfterMs: number, call: Call, sent: Sent): DixaRateLimitError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new DixaRateLimitError(`not sent because of an earlier HTTP 429. Try again in ${seconds} s.`, {
    ...detailsOf(call, sent, 'not-sent'),
    status: 429,
    headers: new Headers(),
    body: undefined,
    retryAfterMs,
  });
}

/** The error for an attempt without a usable response. */
function fetchError(ending: Ending, call: Call, sent: Sent): DixaError {
  const { reason, response } = ending;
  const details = detailsOf(call, sent, reason === 'connection-failed' ? 'not-sent' : 'unknown');
  if (reason === 'too-large') {
    const status = response?.status ?? 0;
    const what = `HTTP ${status} with more than ${LARGEST / 2 ** 20} MiB. Check baseUrl and proxies.`;
    return new DixaResponseError(what, { ...details, status });
  }
  const cause = redactError(ending.cause, redactOf(sent));
  const options = cause === undefined ? {} : { cause };
  if (reason === 'bad-fetch') {
    const what =
      'cause' in ending
        ? 'threw an error instead of returning a promise'
        : 'resolved with something other than a Response';
    const doubt = call.method === 'POST' ? advice.unknown : '';
    return new DixaConfigurationError(`${call.operationId}: fetch ${what}. Check the fetch option.${doubt}`, options);
  }
  const where = [codeOf(cause), new URL(sent.url).host].join(' ').trim();
  const what = `${String(reason).replace('-', ' ')} (${where}). Check baseUrl, the network and the cause.`;
  return new DixaConnectionError(what, details, options);
}

/** The platform's code, such as `ENOTFOUND`. It may be in a cause or in one of several errors. */
function codeOf(error: unknown): string | undefined {
  const { code, cause, errors } = Object(error);
  if (typeof code === 'string' && /^\w+$/.test(code)) return code;
  return error ? (codeOf(cause) ?? codeOf(errors?.[0])) : undefined;
}
