import { wasNotSent } from './not-sent.js';
import type { FailureReason } from './retry.js';
import { within } from './wait.js';

/** How an attempt ended. */
export interface Ending {
  /** The status of the response, or what happened instead. */
  readonly reason: FailureReason | 'rate-limit' | 'bad-fetch' | 'too-large';
  /** A response whose body was read: its `text()` works any number of times. */
  readonly response?: Response;
  /** The status of a response that is too large. */
  readonly status?: number;
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

/** The most that is read of a success, in bytes: 64 MiB. */
export const LARGEST = 2 ** 26;

/** The most that is read of any other response, in bytes: 1 MiB. The rest is cut off. */
const LARGEST_ERROR = 2 ** 20;

/**
 * Sends one request and reads the response, both within `timeoutMs`, even if `send` ignores its signal. Rejects only
 * with what a framework throws as its control flow.
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
    const { status } = response;
    const isSuccess = status >= 200 && status < 300;
    if (isSuccess && ignoresBody) {
      response.body?.cancel?.().catch(() => {}); // Nobody reads it.
      return { reason: status, response: readResponse(response, isSuccess, '') };
    }
    const text = await readText(response, isSuccess);
    if (text === undefined) return { reason: 'too-large', status };
    return { reason: status, response: readResponse(response, isSuccess, text) };
  } catch (cause) {
    if (isControlFlow(cause)) throw cause;
    if (!sending) return { reason: 'bad-fetch', cause };
    return { reason: wasNotSent(cause) ? 'connection-failed' : 'connection-lost', cause };
  }
}

/** Known by its shape: it may be of another realm, or a substitute that a custom `fetch` makes. */
function isResponse(value: unknown): value is Response {
  const { status, headers, text } = Object(value) as Partial<Response>;
  return typeof status === 'number' && typeof headers?.get === 'function' && typeof text === 'function';
}

/** Next.js, for one, throws through `fetch` to stop rendering a page. It recognises the error by its digest. */
function isControlFlow(error: unknown): boolean {
  try {
    return typeof Object(error).digest === 'string';
  } catch {
    return false;
  }
}

/** Reads the body. Returns undefined if a success is too large; any other response is cut off. */
async function readText(response: Response, isSuccess: boolean): Promise<string | undefined> {
  const limit = isSuccess ? LARGEST : LARGEST_ERROR;
  const reader = response.bodyUsed ? undefined : response.body?.getReader?.();
  let text = '';
  if (!reader) {
    text = await response.text();
    return text.length > limit ? (isSuccess ? undefined : text.slice(0, limit)) : text;
  }
  const decoder = new TextDecoder();
  for (let left = limit; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
    if (left >= 0) continue;
    reader.cancel().catch(() => {}); // The rest does not matter.
    return isSuccess ? undefined : text;
  }
}

/** What is needed of a Response once its body was read. A real one would cost half a call. */
function readResponse(response: Response, ok: boolean, text: string): Response {
  const { status, statusText, headers, url } = response;
  const json = async () => JSON.parse(text);
  return { ok, status, statusText, headers, url, text: async () => text, json } as Response;
}
