/** The codes of a refused connection, as Node and Bun call it. */
const refused: readonly unknown[] = ['ECONNREFUSED', 'ConnectionRefused'];

/** Whether no connection was made at all, so that nothing was sent. Node tells it in the cause of the error. */
export function wasNotSent(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  return refused.includes(code) || refused.includes(Object(cause).code);
}
