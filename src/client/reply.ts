import type { Reply } from './attempt.js';
import { type Call, detailsOf, redactOf } from './call.js';
import { classOf, type DixaApiError, DixaResponseError } from './errors.js';
import { mayBeDone, parseRetryAfter } from './retry.js';

/** What openapi-fetch gives. */
export interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of a successful reply. Throws {@link DixaResponseError} where it is not `{"data": …}` of the right shape. */
export function readData(call: Call, status: number, text = ''): unknown {
  const shape = call.data;
  if (shape === 'none') return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own error quotes the reply, which may hold a secret.
  }
  if (isObject(json)) {
    const { data = [] } = json;
    if (shape === 'array' ? Array.isArray(data) : isObject(data)) return data;
  }
  const what = `HTTP ${status} without JSON whose "data" is an ${shape}. Check baseUrl and proxies.`;
  throw new DixaResponseError(what, { ...detailsOf(call, 'unknown'), status });
}

function isObject(value: unknown): value is { readonly data?: unknown } {
  return Object(value) === value && !Array.isArray(value);
}

/** Throws {@link DixaResponseError} at a redirect: it would carry the key to another address. Browsers make it status 0. */
export function refuseRedirect(call: Call, { status, headers }: Response): void {
  const target = headers.get('location') ?? undefined;
  if (status >= 400 || (status && target === undefined)) return;
  const location = target && redactOf(call)(target.replace(/\/\/[^/?#]*@/, '//'));
  const what = `HTTP ${status}, a redirect to ${location ?? 'what the browser hides'}. If that is the API, set baseUrl.`;
  throw new DixaResponseError(what, { ...detailsOf(call, 'unknown'), status, location });
}

/** The longest quotation of Dixa's own message, in characters. */
const QUOTED = 300;

/** The error of an HTTP error reply, without its secrets. */
function errorOf(call: Call, { status, headers: received }: Response, error: unknown): DixaApiError {
  const redact = redactOf(call);
  const headers = new Headers();
  for (const [name, value] of received) {
    // As a field, because its name may be that of a secret one.
    const shown = redact({ [name]: value })[name];
    if (name !== 'set-cookie' && shown !== undefined) headers.append(name, shown);
  }
  const body = redact(error || undefined);
  const { message } = Object(body) as { message?: unknown };
  const quote = typeof message === 'string' ? ` "${message.slice(0, QUOTED)}"` : '';
  const [ErrorClass, next] = classOf(status);
  return new ErrorClass(`HTTP ${status}${quote}. ${next}`, {
    ...detailsOf(call, mayBeDone(status) ? 'unknown' : undefined),
    status,
    headers,
    body,
    retryAfterMs: parseRetryAfter(received.get('retry-after')),
  });
}

/** The data of a result; throws the error of any other than a success. */
export function dataOf({ response, data, error }: Result, call: Call): unknown {
  if (!response.ok) throw errorOf(call, response, error);
  // A middleware may have put another in place of the reply that was parsed.
  return call.observed ? readData(call, response.status, data as string) : call.parsed;
}

/** The runtime's own error, as a copy without secrets: a custom `fetch` may quote what it was given. */
export function safeCause(call: Call, cause: unknown, depth = 0): Error | undefined {
  if (!(cause instanceof Error) || depth > 3) return undefined;
  const redact = redactOf(call);
  const copy = new Error(redact(cause.message), { cause: safeCause(call, cause.cause, depth + 1) });
  return Object.assign(copy, { code: redact((cause as { code?: unknown }).code) });
}

/** A success that openapi-fetch only hands on, for what it held is in the call: a real Response costs half a call. */
export const handedOn = { ok: true, status: 204, headers: new Map() } as unknown as Response;

/** Hands a reply whose body was read to openapi-fetch. */
export function replyFor({ observed }: Call, { response, text }: Reply): Response {
  try {
    // A middleware may clone it or take its stream.
    if (observed) return Object.defineProperty(new Response(text || null, response), 'url', { value: response.url });
  } catch {
    // Some servers send what no Response can be made with: a status of 999, a reason in Cyrillic.
  }
  return Object.assign(response, { text: async () => text, json: async () => JSON.parse(text) });
}
