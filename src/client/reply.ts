import type { operations } from '../../generated/operations.js';
import type { Reply } from './attempt.js';
import { type Call, detailsOf, redactorOf } from './call.js';
import { apiError, type DixaApiError, DixaResponseError } from './errors.js';
import { mayBeDone, parseRetryAfter } from './retry.js';

type DataShape = (typeof operations)[keyof typeof operations]['data'];

/** The JSON of a successful reply. Throws {@link DixaResponseError} where it is not `{"data": …}` of the right shape. */
export function readData(call: Call, response: Response, text: string): unknown {
  const shape: DataShape = call.operation.data;
  if (shape === 'none') return undefined;
  const problem = (what: string) =>
    new DixaResponseError(
      `HTTP ${response.status}, but ${what}. Is baseUrl right, and is there a proxy in between?`,
      detailsOf(call, 'unknown'),
      response,
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own error quotes the reply, which may hold a secret.
    throw problem(`its body is not JSON (${text.length} characters)`);
  }
  const data = typeof json === 'object' && json !== null ? (json as { data?: unknown }).data : null;
  const fits = Array.isArray(data) ? shape === 'array' : shape === 'array' ? data === undefined : isObject(data);
  if (!fits) throw problem(`its JSON has no ${shape} in "data"`);
  return json;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Throws {@link DixaResponseError} at a redirect: it would carry the key to another address. */
export function refuseRedirect(call: Call, response: Response): void {
  const target = response.headers.get('location');
  const hidden = response.type === 'opaqueredirect';
  if (!hidden && (Math.floor(response.status / 100) !== 3 || target === null)) return;
  const location = target === null ? undefined : redactorOf(call).text(withoutCredentials(target));
  throw new DixaResponseError(
    hidden
      ? 'redirected, which is not followed; the browser hides the status and the target. Ask the final address: baseUrl.'
      : `HTTP ${response.status}, a redirect to ${location}, which is not followed. If that is where the API is, set baseUrl.`,
    detailsOf(call, 'unknown'),
    { status: response.status, location },
  );
}

function withoutCredentials(location: string): string {
  return location.replace(/\/\/[^/?#]*@/, '//');
}

/** The error of an HTTP error reply, without its secrets. */
export function errorOf(call: Call, response: Response, body: unknown): DixaApiError {
  const redactor = redactorOf(call);
  const headers = new Headers();
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers.append(name, redactor.text(value));
  return apiError({
    ...detailsOf(call, mayBeDone(response.status) ? 'unknown' : undefined),
    status: response.status,
    headers,
    body: redactor.data(body === '' ? undefined : body),
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after')),
  });
}

/** The runtime's own error, as a copy without secrets: a custom `fetch` may quote what it was given. */
export function safeCause(call: Call, cause: unknown, depth = 0): Error | undefined {
  if (!(cause instanceof Error) || depth > 3) return undefined;
  const { text } = redactorOf(call);
  const copy = new Error(text(cause.message), { cause: safeCause(call, cause.cause, depth + 1) });
  copy.stack = text(cause.stack ?? '');
  return Object.assign(copy, { name: text(cause.name), code: (cause as { code?: unknown }).code });
}

/**
 * Gives a reply whose body was read its body back. Making a new one costs a third of a whole call in memory, so that is
 * done only for what a middleware may do beyond reading: clone it, or take its stream.
 */
export function withBody({ response, text }: Reply, json: () => unknown = () => JSON.parse(text)): Response {
  const whole = () => new Response(text || null, response);
  return Object.defineProperties(response, {
    json: { value: async () => json() },
    text: { value: async () => text },
    clone: { value: whole },
    blob: { value: () => whole().blob() },
    arrayBuffer: { value: () => whole().arrayBuffer() },
    body: { get: () => whole().body },
    bodyUsed: { value: false },
  });
}
