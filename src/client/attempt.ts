/** A reply with its body read. */
export interface Reply {
  readonly response: Response;
  readonly text: string;
}

/** No whole reply. `refused`: nothing was sent. `lost`, `timeout`: the request may have been carried out. */
export interface Failure {
  readonly kind: 'refused' | 'lost' | 'timeout';
  readonly cause?: unknown;
}

export interface AttemptOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Whether the body of this reply matters. */
  readonly readsBody: (response: Response) => boolean;
}

type Send = (signal: AbortSignal) => Promise<Response>;

/**
 * Sends one request and reads its reply, both under one timer. Rejects only with the reason of the signal. It ends in
 * time even where `send` does not heed the signal that it is given.
 */
export async function attempt(send: Send, options: AttemptOptions): Promise<Reply | Failure> {
  const { signal } = options;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = () => {};
  const stopped = new Promise<Failure>((resolve, reject) => {
    timer = setTimeout(() => {
      resolve({ kind: 'timeout' });
      controller.abort();
    }, options.timeoutMs);
    abort = () => {
      reject(signal?.reason);
      controller.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([stopped, exchange(send, controller.signal, options.readsBody)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function exchange(
  send: Send,
  signal: AbortSignal,
  readsBody: AttemptOptions['readsBody'],
): Promise<Reply | Failure> {
  try {
    const response = await send(signal);
    if (readsBody(response)) return { response, text: await response.text() };
    await response.body?.cancel();
    return { response, text: '' };
  } catch (cause) {
    return { kind: wasRefused(cause) ? 'refused' : 'lost', cause };
  }
}

/** How Node and Bun spell it; the other runtimes do not tell a refused connection from a lost one. */
const refusedCodes: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ConnectionRefused']);

/** Runtimes nest the cause of a failed fetch once or twice. */
const CAUSES = 4;

function wasRefused(error: unknown): boolean {
  let level = error as { code?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; level && depth < CAUSES; depth += 1) {
    if (refusedCodes.has(level.code)) return true;
    level = level.cause as typeof level;
  }
  return false;
}
