import { attempt, type Ending, type NoAttempt, type Reply, type Send } from './attempt.js';
import { type Call, detailsOf } from './call.js';
import { DixaConnectionError, DixaInputError, DixaTimeoutError, isNotFound } from './errors.js';
import type { Fetch } from './options.js';
import type { RateLimiter } from './rate-limit.js';
import { handedOn, readData, refuseRedirect, replyFor, safeCause } from './reply.js';
import type { MadeRequest } from './request.js';
import { backoff, isRetried, isTurnedAway, LONGEST_RETRY_AFTER, mayBeDone, parseRetryAfter } from './retry.js';
import type { Settings } from './settings.js';
import { abortable } from './wait.js';

/** Sends the request of a call: with the key, within the limits, as often as the rules allow. */
export type Transport = (request: MadeRequest, call: Call) => Promise<Response>;

/**
 * Makes the function that openapi-fetch gets as its `fetch`. So the methods and `raw` behave alike, and middleware runs
 * once a call and never sees the key.
 */
export function createTransport(settings: Settings, limiter: RateLimiter): Transport {
  const { logger, onRetry, totalTimeoutMs } = settings;

  return async (request, call) => {
    const { operationId, method, data, signal } = call;
    // A request that a middleware put in place of the first.
    const made = request.made ?? { body: await request.text() };
    const send = prepare(request, made, call, settings);
    const deadline = performance.now() + totalTimeoutMs;
    let limitMs = totalTimeoutMs;
    let ending: Ending | NoAttempt = { reason: 'rate-limit' };
    let wasMaybeDone = false;

    // What the caller does first must not come between the moment at which a request is let out and its leaving.
    await undefined;
    signal?.throwIfAborted();
    for (;;) {
      const mayLeave = limiter.take(deadline, signal);
      if (mayLeave !== true && !(await mayLeave)) break;
      const startedAt = performance.now();
      const left = deadline - startedAt;
      limitMs = left < call.timeoutMs ? totalTimeoutMs : call.timeoutMs;
      call.attempts += 1;
      ending = await attempt(send, { timeoutMs: Math.min(left, call.timeoutMs), signal, ignoresBody: data === 'none' });

      const { reason, response } = ending;
      const name = `${operationId}, attempt ${call.attempts}: ${reason}`;
      logger?.debug(`${name} in ${Math.round(performance.now() - startedAt)} ms`);
      if (response?.ok) return succeed(call, ending);
      if (wasMaybeDone && data === 'none' && isNotFound(reason)) return new Response();

      if (!isRetried(reason, method)) break;
      const asked = parseRetryAfter(response?.headers.get('retry-after'));
      const delayMs = asked ?? backoff(call.attempts);
      if (delayMs > LONGEST_RETRY_AFTER) break;
      if (asked && isTurnedAway(reason)) limiter.hold(asked);
      if (call.attempts > call.maxRetries) break;
      // Timers may be a millisecond early.
      if (Math.max(performance.now() + delayMs, limiter.nextLeave()) >= deadline - 1) break;
      wasMaybeDone ||= mayBeDone(reason);
      logger?.warn(`${name}, again in ${Math.round(delayMs)} ms`);
      await onRetry?.({ operationId, attempt: call.attempts, delayMs, reason });
      await abortable<void>(signal, (end) => {
        const timer = setTimeout(end, delayMs);
        return () => clearTimeout(timer);
      });
    }
    return giveUp(call, ending, limitMs);
  };
}

/** Fixes what each attempt sends. */
function prepare(request: Request, made: RequestInit, call: Call, { baseUrl, apiKey }: Settings): Send {
  const { url, method, headers: asked } = request;
  if (url !== call.url && !new URL(url).href.startsWith(`${baseUrl}/`))
    throw new DixaInputError('baseUrl', 'is fixed: the key goes nowhere else');
  // A middleware holds the headers of its request, where no key must come.
  const headers = call.observed ? new Headers(asked) : asked;
  headers.set('Authorization', apiKey);
  const body = made.body || null;
  call.sent = { headers, body };
  call.url = url;
  // Next patches fetch and would keep the reply of the build for good. workerd throws at a `cache` that it does not know.
  const noStore = 'cache' in Request.prototype && !('cache' in made);
  return (signal) => {
    // Deno repeats even a POST by itself when a kept connection is lost, unless its body is a stream or a Blob.
    const sent = 'Deno' in globalThis && typeof body === 'string' ? new Blob([body]) : body;
    const init: RequestInit = { redirect: 'manual', method, headers, body: sent, signal };
    if (noStore) init.cache = 'no-store';
    return (call.fetch ?? (globalThis.fetch as Fetch))(url, call.observed ? { ...made, ...init } : init);
  };
}

function succeed(call: Call, reply: Reply): Response {
  call.parsed = readData(call, reply.reason, reply.text);
  return call.observed ? replyFor(call, reply) : handedOn;
}

/** Hands on an error reply, and throws where there is none that could be used. */
function giveUp(call: Call, ending: Ending | NoAttempt, timeoutMs: number): Response {
  if (ending.response) {
    refuseRedirect(call, ending.response);
    return replyFor(call, ending);
  }
  const { reason, cause } = ending;
  const details = detailsOf(call, mayBeDone(reason) ? 'unknown' : 'not-sent');
  const what = reason.replace('-', ' ');
  if (reason.startsWith('connection'))
    throw new DixaConnectionError(`${what}. Check baseUrl, the network and the cause.`, details, {
      cause: safeCause(call, cause),
    });
  throw new DixaTimeoutError(`${what}: no reply within ${timeoutMs} ms. Allow more time, or try again later.`, {
    ...details,
    timeoutMs,
  });
}
