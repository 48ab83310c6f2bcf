import { wasNotSent } from './not-sent.js';
import type { FailureReason } from './retry.js';
import { within } from './wait.js';

/** The parts of a response that are used, except the body. */
export type Head = Pick<Response, 'status' | 'statusText' | 'url' | 'headers'>;

/** How an attempt ended. */
export interface Ending {
  /** The status of the response, or what happened instead. */
  readonly reason: FailureReason | 'rate-limit' | 'bad-fetch' | 'too-large';
  readonly response?: Head;
  /** The body of the response. */
  readonly text?: string;
  /** What `fetch` threw. */
  readonly cause?: unknown;
}

export type Send = (signal: AbortSignal) => Promise<Response>;

interface AttemptOptions {
  readonly timeoutMs: number;
  /** Ends the attempt early, as its timeout does. */
  readonly stop: AbortSignal | undefined;
  /** Leaves the body of a success unread. */
  readonly ignoresBody: boolean;
}

/** The largest body of a success, in bytes: 64 MiB. */
export const LARGEST = 2 ** 26;

/** How much of the body of any other response is read, in bytes: 1 MiB. The rest is cut off. */
const LARGEST_ERROR = 2 ** 20;

/**
 * Sends one request and reads the response, both within `timeoutMs`, even if `send` ignores its signal. Rejects only with
 * errors that a framework throws as control flow.
 */
export async function attempt(send: Send, { timeoutMs, stop, ignoresBody }: AttemptOptions): Promise<Ending> {
  const controller = new AbortController();
  const ending = await within(timeoutMs, stop, exchange(send, controller.signal, ignoresBody));
  if (ending) return ending;
  controller.abort();
  return { reason: 'timeout' };
}

async function exchange(send: Send, signal: AbortSignal, ignoresBody: boolean): Promise<Ending> {
  let sending: Promise<Response> | undefined;
  try {
    sending = send(signal);
    const response = await sending;
    if (!isResponse(response)) return { reason: 'bad-fetch' };
    const { status, statusText, url } = response;
    const head: Head = { status, statusText, url, headers: headersOf(response) };
    if (ignoresBody && isSuccess(status)) {
      discard(response.body);
      return { reason: status, response: head, text: '' };
    }
    const { text, isCut } = await readText(response, isSuccess(status) ? LARGEST : LARGEST_ERROR, signal);
    return { reason: isCut && isSuccess(status) ? 'too-large' : status, response: head, text };
  } catch (cause) {
    if (isControlFlow(cause)) throw cause;
    if (!sending) return { reason: 'bad-fetch', cause };
    return { reason: wasNotSent(cause) ? 'connection-failed' : 'connection-lost', cause };
  }
}

/** Checked by shape: it may come from another realm, or be a substitute from a custom `fetch`. */
function isResponse(value: unknown): value is Response {
  const { status, headers, text } = Object(value) as Partial<Response>;
  return typeof status === 'number' && status >= 0 && typeof headers?.get === 'function' && typeof text === 'function';
}

/** Converts headers to `Headers`. Those of a substitute may have no method but `get`, or contain invalid values. */
function headersOf({ headers }: Response): Headers {
  if (headers instanceof Headers) return headers;
  const real = new Headers();
  const { get } = headers as Headers;
  try {
    const needed = () => ['retry-after', 'location'].map((name) => [name, get.call(headers, name) ?? ''] as const);
    for (const [name, value] of Symbol.iterator in headers ? headers : needed()) real.append(name, value);
  } catch {
    // The response is usable without them.
  }
  return real;
}

/** Next.js, for example, throws in `fetch` to stop rendering a page, and recognises the error by its digest. */
function isControlFlow(error: unknown): boolean {
  try {
    return typeof Object(error).digest === 'string';
  } catch {
    return false;
  }
}

/** Whether a status is a success. A substitute for a Response may have no `ok`. */
export function isSuccess(status: unknown): boolean {
  return (status as number) >= 200 && (status as number) < 300;
}

/** Reads the body up to a limit. `isCut` is true if there is more. */
async function readText(
  response: Response,
  limit: number,
  signal: AbortSignal,
): Promise<{ text: string; isCut: boolean }> {
  const reader = response.body?.getReader?.();
  if (!reader) {
    const text = await response.text();
    return { text: text.slice(0, limit), isCut: text.length > limit };
  }
  const decoder = new TextDecoder();
  let text = '';
  for (let left = limit; ; ) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
    if (left >= 0 && !signal.aborted) continue;
    discard(reader);
    return { text, isCut: true };
  }
}

/** Cancels an unread body of any type. */
function discard(body: { cancel?(): unknown } | null): void {
  (async () => body?.cancel?.())().catch(() => {});
}
