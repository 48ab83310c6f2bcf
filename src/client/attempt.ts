/** A reply whose body was read. */
export interface Reply {
  /** The status. */
  readonly reason: number;
  readonly response: Response;
  readonly text: string;
}

/** No reply, or only part of one. */
export interface NoReply {
  readonly response?: undefined;
  readonly reason: 'connection-refused' | 'connection-lost' | 'timeout';
  readonly cause?: unknown;
}

/** Nothing was sent, for want of time. */
export interface NoAttempt {
  readonly response?: undefined;
  readonly reason: 'rate-limit';
  readonly cause?: undefined;
}

/** How an attempt ended. */
export type Ending = Reply | NoReply;

export type Send = (signal: AbortSignal) => Promise<Response>;

interface AttemptOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Leaves the body of a success unread. */
  readonly ignoresBody: boolean;
}

/**
 * Sends one request and reads its reply, both under one timer. Rejects only with the reason of the signal, or with
 * what a framework throws as control flow. It ends in time even if `send` ignores its signal.
 */
export function attempt(send: Send, { timeoutMs, signal, ignoresBody }: AttemptOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const controller = new AbortController();
    const leave = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const stop = (settle: () => void) => {
      leave();
      settle();
      controller.abort();
    };
    const abort = () => stop(() => reject(signal?.reason));
    const timer = setTimeout(stop, timeoutMs, () => resolve({ reason: 'timeout' }));
    signal?.addEventListener('abort', abort);
    exchange(send, controller.signal, ignoresBody, (ending) => {
      leave();
      resolve(ending);
    }).catch((error) => stop(() => reject(error)));
  });
}

async function exchange(
  send: Send,
  signal: AbortSignal,
  ignoresBody: boolean,
  end: (ending: Ending) => void,
): Promise<void> {
  try {
    const response = await send(signal);
    const reason = response.status;
    if (!ignoresBody || !response.ok) return end({ reason, response, text: await response.text() });
    response.body?.cancel?.().catch(() => {}); // What becomes of a body that nobody reads does not matter.
    end({ reason, response, text: '' });
  } catch (cause) {
    // Control flow of a framework that patches fetch: so Next learns that a page is not static.
    if (typeof Object(cause).digest === 'string') throw cause;
    end({ reason: wasRefused(cause) ? 'connection-refused' : 'connection-lost', cause });
  }
}

/** The codes of a refused connection, as Node and Bun call it. */
const refused: readonly unknown[] = ['ECONNREFUSED', 'ConnectionRefused'];

/** Whether no connection was made at all, so that nothing was sent. Node tells it in the cause of the error. */
function wasRefused(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  return refused.includes(code) || refused.includes(Object(cause).code);
}
