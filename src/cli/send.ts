import type { SignedDelivery } from 'dixa-webhooks/testing';
import { CommandError, usageError } from './errors.js';
import { shownUrl } from './secrets.js';
import type { Terminal } from './terminal.js';

const TIMEOUT_MS = 30_000;

/** Checks the URL of a receiver, passed with a flag. */
export function receiverUrl(url: string | undefined, flag: string): string {
  if (url === undefined)
    throw usageError(`Pass ${flag} <url>: the URL of the receiver, such as http://localhost:3000.`);
  if (URL.canParse(url) && /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(url)) return url;
  throw usageError(`${flag} must be an http: or https: URL without credentials.`);
}

/** Sends a delivery to a receiver, and resolves with its response. */
export async function send(
  terminal: Terminal,
  url: string,
  { method, headers, body }: SignedDelivery,
): Promise<{ status: number; durationMs: number }> {
  const start = performance.now();
  const signal = AbortSignal.any([terminal.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
    // Only the status counts; a body may never end.
    response.body?.cancel().catch(() => {});
    return { status: response.status, durationMs: Math.round(performance.now() - start) };
  } catch (error) {
    terminal.signal.throwIfAborted();
    throw noResponse(url, error);
  }
}

export function noResponse(url: string, error: unknown): CommandError {
  return new CommandError('NO_RESPONSE', `No response from ${shownUrl(url)}: ${reason(error)}. Is it running?`);
}

/** The platform's error code, such as ECONNREFUSED. The error's message may quote a header. */
function reason(error: unknown): string {
  const { name, code, cause } = error as {
    name: string;
    code?: unknown;
    cause?: { code?: unknown; message?: unknown };
  };
  if (name === 'TimeoutError') return `timed out after ${TIMEOUT_MS / 1000} s`;
  return cause?.message === 'bad port' ? 'fetch refuses this port' : String(cause?.code ?? code ?? name);
}

/** Likely reasons why a receiver does not accept a genuine delivery, by its response. */
const hints: Readonly<Record<number, string>> = {
  401: 'Does the receiver have the secret of the subscription? With --to, that is DIXA_WEBHOOK_SECRET, or the one of --subscription.',
  404: 'Is the path right? The receiver may be at another one, such as /dixa.',
  500: 'See the log of the receiver. Does something parse the body before it, such as express.json()?',
};

/** Notes the likely reason for the status of a genuine delivery, if there is a status. */
export function noteHint(terminal: Terminal, status: number | undefined): void {
  if (status) terminal.note(hints[status] ?? 'The log of the receiver may say why.');
}
