import type { OperationId, operations } from '../../generated/operations.js';
import type { Head } from './attempt.js';
import { type CallDetails, classOf, type DixaApiError, DixaResponseError, type Outcome } from './errors.js';
import type { Fetch } from './options.js';
import { createRedact, type Redact, secretsOf } from './redact.js';
import { mayBeProcessed, parseRetryAfter } from './retry.js';

type Operation = Pick<(typeof operations)[OperationId], 'method' | 'path' | 'data'>;

/** One call, with the defaults filled in. */
export interface Call extends Operation {
  readonly operationId: OperationId;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly fetch: Fetch | undefined;
  /** Further options for `fetch`, from a call of `raw`. */
  readonly init: RequestInit | undefined;
  /** When the call must end, in milliseconds of the monotonic clock. */
  readonly deadline: number;
  /** Aborts when the caller's signal aborts or `totalTimeoutMs` is over. */
  readonly stop: AbortSignal | undefined;
}

/** The request that each attempt sends. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null | undefined;
}

/** What was sent for a call. Errors report it without its secrets. */
export interface Sent extends Partial<Pick<Outgoing, 'headers' | 'body'>> {
  readonly url: string;
  /** The number of requests. */
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

/** Parses the body of a result that was read as text. Throws if the response is not a usable success. */
export function bodyOf({ response, data, error }: Result, call: Call, sent: Sent): Body {
  if (!response.ok) throw apiError(response, error, call, sent);
  return parseBody(data, response.status, call, sent);
}

/** Parses the text of a success. Throws {@link DixaResponseError} unless it is `{"data": …}` with data of the right type. */
export function parseBody(text: unknown, status: number, call: Call, sent: Sent): Body {
  const shape = call.data;
  if (shape === 'none') return {};
  let json: unknown;
  try {
    json = JSON.parse(text as string);
  } catch {
    // The parser's error would quote the response, which may contain a secret.
  }
  if (isObject(json)) {
    if (shape === 'array' && (json.data ?? null) === null) return { ...json, data: [] };
    if (shape === 'array' ? Array.isArray(json.data) : isObject(json.data)) return json;
  }
  const what = `HTTP ${status} is not JSON with "data" as an ${shape}. Check baseUrl and proxies.`;
  throw new DixaResponseError(what, { ...detailsOf(call, sent, 'unknown'), status });
}

function isObject(value: unknown): value is Body {
  return Object(value) === value && !Array.isArray(value);
}

/** Throws if the response is a redirect, which would send the key to another address. Browsers report status 0. */
export function refuseRedirect({ status, headers }: Head, call: Call, sent: Sent): void {
  const target = headers.get('location') || undefined;
  if (status >= 400 || (status && target === undefined)) return;
  // Redacted first, because it may contain a secret.
  const location = target && redactOf(sent)(target).replace(/^([a-z][\w+.-]*:[\\/]*|[\\/]{2,})[^\\/?#]*@/i, '$1');
  const to = location ?? 'an address that the browser hides';
  throw new DixaResponseError(`HTTP ${status}, a redirect to ${to}. If the API has moved there, set baseUrl.`, {
    ...detailsOf(call, sent, 'unknown'),
    status,
    location,
  });
}

/** How much of Dixa's message is quoted, in characters. */
const QUOTED = 300;

/** The error for an HTTP error response, without secrets. */
function apiError({ status, headers: received }: Response, error: unknown, call: Call, sent: Sent): DixaApiError {
  const redact = redactOf(sent);
  const headers = new Headers();
  for (const [name, value] of received) {
    // Redacted as a field, because its name may mark it as a secret.
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

/** The details of a call that its errors show. */
export function detailsOf({ operationId, method }: Call, { url, attempts }: Sent, outcome?: Outcome): CallDetails {
  return { operationId, method, url, attempts, ...(outcome && method === 'POST' && { outcome }) };
}

/** Headers whose values are not secret. */
const harmless = /^(accept|content-type|user-agent)$/;

/** Creates the function that redacts everything that was sent. */
export function redactOf({ headers, body }: Sent): Redact {
  const secrets: string[] = [];
  for (const [name, value] of headers ?? []) if (!harmless.test(name)) secrets.push(value);
  try {
    secrets.push(...secretsOf(JSON.parse(body as string)));
  } catch {
    // There is no body, or middleware replaced it by something other than JSON.
    if (body) secrets.push(String(body));
  }
  return createRedact(secrets);
}
