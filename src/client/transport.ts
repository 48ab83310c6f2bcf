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

/** What sends the requests of a client, of the methods and of `raw`. */
export interface Transport {
  /** Waits until the rate limit lets a request out. Resolves with false if that would be too late for this call. */
  waitForTurn(call: Call): Promise<boolean>;
  /**
   * Sends the request of a call: with the key, within the limits, as often as the rules allow. `hasTurn` if the first
   * attempt need not wait for the rate limit any more.
   */
  send(request: Outgoing, call: Call, hasTurn: boolean): Promise<Exchange>;
}

/** Creates the transport of a client. */
export function createTransport(settings: Settings): Transport {
  const { baseUrl, apiKey, logger, onRetry } = settings;
  const limiter = createRateLimiter(settings.rateLimit);

  async function waitForTurn({ deadline, stop }: Call): Promise<boolean> {
    // What the caller does next must not come between the moment at which a request may leave and its leaving.
    await undefined;
    const place: Place = { number: 0, asksAt: 0, vainAsks: 0 };
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

  async function send(request: Outgoing, call: Call, hasTurn: boolean): Promise<Exchange> {
    const { operationId, method, data, timeoutMs, maxRetries, deadline, stop } = call;
    const { url, headers, body } = request;
    if (!url.startsWith(`${baseUrl}/`)) throw new DixaInputError('baseUrl', 'is fixed: the key is sent nowhere else');
    headers.set('Authorization', apiKey);
    const sendOnce = sender(request, call);
    let ending: Ending = { reason: 'rate-limit' };
    let sent: Sent = { url, headers, body, attempts: 0 };
    let mayBeDone = false;

    for (let mayLeave = hasTurn || (await waitForTurn(call)); mayLeave; mayLeave = await waitForTurn(call)) {
      const startedAt = performance.now();
      const attempts = sent.attempts + 1;
      sent = { url, headers, body, attempts };
      ending = await attempt(sendOnce, { timeoutMs, stop, ignoresBody: data === 'none' });

      const { reason, response, text = '' } = ending;
      const name = `${operationId}, attempt ${attempts}: ${reason}`;
      logger?.debug(`${name} in ${Math.round(performance.now() - startedAt)} ms`);
      if (response && isSuccess(reason)) return { response, text, sent };
      if (mayBeDone && data === 'none' && reason === 404) return { response: new Response(), text: '', sent };

      if (stop?.aborted || !isRetried(reason, method)) return giveUp(ending, call, sent);
      const asked = parseRetryAfter(response?.headers.get('retry-after'));
      const delayMs = asked ?? backoff(attempts);
      if (asked && reason === 429) limiter.hold(asked);
      const isLast = attempts > maxRetries || delayMs > LONGEST_RETRY_AFTER;
      // Timers may be a millisecond early.
      if (isLast || performance.now() + delayMs >= deadline - 1) return giveUp(ending, call, sent);
      mayBeDone ||= mayBeProcessed(reason);
      logger?.warn(`${name}, again in ${Math.round(delayMs)} ms`);
      const hook = async () => onRetry?.({ operationId, attempt: attempts, delayMs, reason });
      if (onRetry) await within(Infinity, stop, hook());
      await within(delayMs, stop);
    }
    const heldMs = limiter.heldFor();
    if (heldMs > LONGEST_RETRY_AFTER && !stop?.aborted) throw errorOfHold(heldMs, call, sent);
    return giveUp(ending, call, sent);
  }

  return { waitForTurn, send };
}

/** Makes the function that sends one attempt. */
function sender({ url, method, headers, body }: Outgoing, { fetch, init }: Call): Send {
  const isText = typeof body === 'string';
  return (signal) => {
    // Deno and Bun repeat even a POST by themselves when a kept connection is lost, unless the body is a Blob (Deno) or
    // the connection is a new one (Bun).
    const own: RequestInit = { method, headers, body: body ?? null, redirect: 'manual', signal };
    if ('Deno' in globalThis && isText) own.body = new Blob([body]);
    if ('Bun' in globalThis && method === 'POST') own.keepalive = false;
    // Next.js would keep the first response. Some platforms throw at a property that they do not know.
    if ('cache' in Request.prototype && !(init && 'cache' in init)) own.cache = 'no-store';
    return (fetch ?? (globalThis.fetch as Fetch))(url, init ? { ...init, ...own } : own);
  };
}

/** Hands on an HTTP error. Throws if there is no usable response. */
function giveUp(ending: Ending, call: Call, sent: Sent): Exchange {
  const { reason, response, text = '' } = ending;
  const { stop, timeoutMs, totalTimeoutMs } = call;
  const outcome = mayBeProcessed(reason) ? 'unknown' : 'not-sent';
  if (stop?.aborted && stop.reason !== timeIsUp) throw stop.reason;
  if (stop?.aborted || reason === 'rate-limit') throw errorOfTime(totalTimeoutMs, outcome, call, sent);
  if (reason === 'timeout') throw errorOfTime(timeoutMs, outcome, call, sent);
  if (typeof reason !== 'number' || !response) throw errorOfFetch(ending, call, sent);
  refuseRedirect(response, call, sent);
  return { response, text, sent };
}

/** The error of a call that took too long. */
export function errorOfTime(timeoutMs: number, outcome: Outcome, call: Call, sent: Sent): DixaTimeoutError {
  const what = `no response within ${timeoutMs} ms. Allow more time, or try again later.`;
  return new DixaTimeoutError(what, { ...detailsOf(call, sent, outcome), timeoutMs });
}

/** The error of a call that Dixa has forbidden to send, by a 429 that asked for a long pause. */
function errorOfHold(retryAfterMs: number, call: Call, sent: Sent): DixaRateLimitError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new DixaRateLimitError(`Dixa asked with HTTP 429 for a pause of another ${seconds} s. Try again then.`, {
    ...detailsOf(call, sent, 'not-sent'),
    status: 429,
    headers: new Headers(),
    body: undefined,
    retryAfterMs,
  });
}

/** The error of an attempt without a response. */
function errorOfFetch(ending: Ending, call: Call, sent: Sent): DixaError {
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
        : 'resolved with something that is no Response';
    const doubt = call.method === 'POST' ? advice.unknown : '';
    return new DixaConfigurationError(`${call.operationId}: fetch ${what}. Check the fetch option.${doubt}`, options);
  }
  const where = [codeOf(cause), new URL(sent.url).host].join(' ').trim();
  const what = `${String(reason).replace('-', ' ')} (${where}). Check baseUrl, the network and the cause.`;
  return new DixaConnectionError(what, details, options);
}

/** The platform's code, such as `ENOTFOUND`. It may be in the cause, or in one of several errors. */
function codeOf(error: unknown): string | undefined {
  const { code, cause, errors } = Object(error);
  if (typeof code === 'string' && /^\w+$/.test(code)) return code;
  return error ? (codeOf(cause) ?? codeOf(errors?.[0])) : undefined;
}
