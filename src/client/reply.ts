import type { OperationId, operations } from '../../generated/operations.js';
import type { Head } from './attempt.js';
import { type CallDetails, classOf, type DixaApiError, DixaResponseError, type Outcome } from './errors.js';
import type { Fetch } from './options.js';
import { createRedact, type Redact, secretsOf } from './redact.js';
import { mayBeProcessed, parseRetryAfter } from './retry.js';

type Operation = Pick<(typeof operations)[OperationId], 'method' | 'path' | 'data'>;

/** One call: what was asked, with the defaults filled in. */
export interface Call extends Operation {
  readonly operationId: OperationId;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly fetch: Fetch | undefined;
  /** What else `fetch` gets: the options of a call of `raw`. */
  readonly init: RequestInit | undefined;
  /** When the call must have ended, on the monotonic clock, in milliseconds. */
  readonly deadline: number;
  /** Aborts when the caller's signal does, or when `totalTimeoutMs` is over. */
  readonly stop: AbortSignal | undefined;
}

/** What each attempt sends. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null | undefined;
}

/** What was sent for a call: errors tell of it, and hide its secrets. */
export interface Sent extends Partial<Pick<Outgoing, 'headers' | 'body'>> {
  readonly url: string;
  /** How many requests. */
  readonly attempts: number;
}

/** A response, its body, and what was sent for it. */
export interface Exchange {
  readonly response: Head;
  readonly text: string;
  readonly sent: Sent;
}

/** What openapi-fetch resolves with. */
export interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The JSON of a success. */
export interface Body {
  readonly data?: unknown;
}

/** The JSON of a result whose body was read as text. Throws the error of any other response than a usable success. */
export function bodyOf({ response, data, error }: Result, call: Call, sent: Sent): Body {
  if (!response.ok) throw errorOf(response, error, call, sent);
  return parseBody(data, response.status, call, sent);
}

/** Parses the text of a success. Throws {@link DixaResponseError} if it is not `{"data": …}` of the right shape. */
export function parseBody(text: unknown, status: number, call: Call, sent: Sent): Body {
  const shape = call.data;
  if (shape === 'none') return {};
  let json: unknown;
  try {
    json = JSON.parse(text as string);
  } catch {
    // The parser's own error quotes the response, which may hold a secret.
  }
  if (isObject(json)) {
    if (shape === 'array' && (json.data ?? null) === null) return { ...json, data: [] };
    if (shape === 'array' ? Array.isArray(json.data) : isObject(json.data)) return json;
  }
  const what = `HTTP ${status} without JSON whose "data" is an ${shape}. Check baseUrl and proxies.`;
  throw new DixaResponseError(what, { ...detailsOf(call, sent, 'unknown'), status });
}

function isObject(value: unknown): value is Body {
  return Object(value) === value && !Array.isArray(value);
}

/** Throws at a redirect, which would carry the key to another address. Browsers make it status 0. */
export function refuseRedirect({ status, headers }: Head, call: Call, sent: Sent): void {
  const target = headers.get('location') || undefined;
  if (status >= 400 || (status && target === undefined)) return;
  // Redacted first, because a secret may be a part of it.
  const location = target && redactOf(sent)(target).replace(/^([a-z][\w+.-]*:[\\/]*|[\\/]{2,})[^\\/?#]*@/i, '$1');
  const to = location ?? 'an address that the browser hides';
  throw new DixaResponseError(`HTTP ${status}, a redirect to ${to}. If that is the API, set baseUrl.`, {
    ...detailsOf(call, sent, 'unknown'),
    status,
    location,
  });
}

/** The longest quotation of Dixa's own message, in characters. */
const QUOTED = 300;

/** The error of an HTTP error response, without its secrets. */
function errorOf({ status, headers: received }: Response, error: unknown, call: Call, sent: Sent): DixaApiError {
  const redact = redactOf(sent);
  const headers = new Headers();
  for (const [name, value] of received) {
    // As a field, because its name may be that of a secret one.
    const isShown = name !== 'set-cookie' && redact({ [name]: value })[name] === value;
    if (isShown) headers.append(name, value);
  }
  const body = redact(error || undefined);
  const { message } = Object(body) as { message?: unknown };
  const quote = typeof message === 'string' ? ` "${message.slice(0, QUOTED)}"` : '';
  const [ErrorClass, advice] = classOf(status);
  const next = status === 404 && !call.path.includes('{') ? 'Check baseUrl: it includes the version.' : advice;
  return new ErrorClass(`HTTP ${status}${quote}. ${next}`, {
    ...detailsOf(call, sent, mayBeProcessed(status) ? 'unknown' : undefined),
    status,
    headers,
    body,
    retryAfterMs: parseRetryAfter(received.get('retry-after')),
  });
}

/** The part of a call that its errors show. */
export function detailsOf({ operationId, method }: Call, { url, attempts }: Sent, outcome?: Outcome): CallDetails {
  return { operationId, method, url, attempts, ...(outcome && method === 'POST' && { outcome }) };
}

/** Headers whose values are no secrets. */
const harmless = /^(accept|content-type|user-agent)$/;

/** Makes the function that hides all that was sent. */
export function redactOf({ headers, body }: Sent): Redact {
  const secrets: string[] = [];
  for (const [name, value] of headers ?? []) if (!harmless.test(name)) secrets.push(value);
  try {
    secrets.push(...secretsOf(JSON.parse(body as string)));
  } catch {
    // A middleware's own body is no JSON, or there is none.
    if (body) secrets.push(String(body));
  }
  return createRedact(secrets);
}
