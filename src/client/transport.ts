import { attempt, type Failure, type Reply } from './attempt.js';
import { type Call, detailsOf, nameOf } from './call.js';
import { DixaConnectionError, DixaInputError, DixaTimeoutError, isNotFound } from './errors.js';
import type { RateLimiter } from './rate-limit.js';
import { readData, refuseRedirect, safeCause, withBody } from './reply.js';
import { initOf } from './request.js';
import { backoff, isRateLimited, judgeFailure, judgeReply, LONGEST_RETRY_AFTER, type Verdict } from './retry.js';
import type { Settings } from './settings.js';
import { sleep } from './sleep.js';

/** Sends the request of a call: with the key, within the limits, as often as the rules allow. */
export type Transport = (request: Request, call: Call) => Promise<Response>;

/**
 * Makes the function that openapi-fetch gets as its `fetch`. So the methods and `raw` behave alike, and middleware runs
 * once a call and never sees the key.
 */
export function createTransport(settings: Settings, limiter: RateLimiter): Transport {
  const { logger, onRetry, totalTimeoutMs } = settings;

  return async (request, call) => {
    const { operationId, operation } = call;
    const send = await prepare(request, call, settings);
    const signal = signalOf(request, call);
    const deadline = performance.now() + totalTimeoutMs;
    let timeoutMs = totalTimeoutMs;
    let mayBeDone = false;
    let last: Reply | Failure | undefined;

    for (;;) {
      signal?.throwIfAborted();
      if (!(await limiter.take(deadline, signal))) break;
      signal?.throwIfAborted();

      call.attempts += 1;
      const startedAt = performance.now();
      const left = deadline - startedAt;
      timeoutMs = left <= call.timeoutMs ? totalTimeoutMs : call.timeoutMs;
      last = await attempt(send, { timeoutMs: Math.min(left, call.timeoutMs), signal, readsBody: bodyMatters(call) });

      const verdict = judge(last, operation.method);
      logger?.debug(`${nameOf(call)}: ${verdict.reason} in ${Math.round(performance.now() - startedAt)} ms`);
      if (isReply(last) && (last.response.ok || (mayBeDone && isGone(call, last.response)))) return finish(call, last);

      const { retryAfterMs } = verdict;
      const tooLong = retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER;
      if (isRateLimited(verdict.reason) && retryAfterMs !== undefined && !tooLong) limiter.hold(retryAfterMs);
      if (tooLong || !verdict.retries || call.attempts > call.maxRetries) break;

      mayBeDone ||= verdict.mayBeDone;
      const delayMs = retryAfterMs ?? backoff(call.attempts);
      if (performance.now() + Math.max(delayMs, limiter.waitMs) >= deadline) break;
      logger?.warn(`${nameOf(call)}: ${verdict.reason}, trying again in ${Math.round(delayMs)} ms`);
      onRetry?.({ operationId, attempt: call.attempts, delayMs, reason: verdict.reason });
      await sleep(delayMs, signal);
    }
    return giveUp(call, last, timeoutMs);
  };
}

/** Fixes what each attempt sends. */
async function prepare(
  request: Request,
  call: Call,
  settings: Settings,
): Promise<(signal: AbortSignal) => Promise<Response>> {
  const { url, method } = request;
  if (!url.startsWith(`${settings.baseUrl}/`)) {
    throw new DixaInputError('baseUrl', "of a single call cannot be changed: the key goes to the client's own only");
  }
  if (request.headers.has('authorization')) {
    throw new DixaInputError('headers', 'may not set Authorization: the key goes into apiKey');
  }
  const init = initOf(request);
  const body = init ? init.body : (await request.text()) || undefined;
  const headers = new Headers(request.headers);
  headers.set('Authorization', settings.apiKey);
  call.url = url;
  call.sent = { headers, body };
  return (signal) => {
    const fetch = call.fetch ?? settings.fetch ?? globalThis.fetch;
    return fetch(url, { ...init, method, headers, body, signal, redirect: 'manual' } as RequestInit);
  };
}

/** The signal of the call; also that of a request that a middleware made. */
function signalOf(request: Request, { signal }: Call): AbortSignal | undefined {
  if (initOf(request)) return signal;
  return signal ? AbortSignal.any([signal, request.signal]) : request.signal;
}

/** The success of a DELETE tells all by its status. */
function bodyMatters({ operation }: Call): (response: Response) => boolean {
  return (response) => operation.data !== 'none' || !response.ok;
}

function isReply(last: Reply | Failure | undefined): last is Reply {
  return last !== undefined && 'response' in last;
}

/** Whether what was to be deleted is not there any more. */
function isGone({ operation }: Call, response: Response): boolean {
  return operation.data === 'none' && isNotFound(response.status);
}

function judge(last: Reply | Failure, method: string): Verdict {
  return isReply(last) ? judgeReply(last.response, method) : judgeFailure(last.kind, method);
}

function finish(call: Call, { response, text }: Reply): Response {
  if (!response.ok) return new Response(null, { status: call.operation.statuses[0] });
  const json = readData(call, response, text);
  const reply = withBody({ response, text }, () => json);
  call.reply = { response: reply, json };
  return reply;
}

/** Hands on an error reply, and throws where there is none that could be used. */
function giveUp(call: Call, last: Reply | Failure | undefined, timeoutMs: number): Response {
  if (isReply(last)) {
    refuseRedirect(call, last.response);
    return withBody(last);
  }
  const details = detailsOf(call, last === undefined || last.kind === 'refused' ? 'not-sent' : 'unknown');
  if (last === undefined) {
    throw new DixaTimeoutError('the wait for the rate limit would pass totalTimeoutMs.', details, timeoutMs);
  }
  if (last.kind === 'timeout') {
    throw new DixaTimeoutError(`no whole reply within ${timeoutMs} ms.`, details, timeoutMs);
  }
  const what =
    last.kind === 'refused'
      ? 'the connection was refused.'
      : 'the connection was lost before the whole reply had come.';
  throw new DixaConnectionError(what, details, { cause: safeCause(call, last.cause) });
}
