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
  const { name, code, cause } = error as { name: string; code?: unknown; cause?: { code?: unknown } };
  return name === 'TimeoutError' ? `timed out after ${TIMEOUT_MS / 1000} s` : String(cause?.code ?? code ?? name);
}
