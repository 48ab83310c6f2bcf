import { createContext, runInContext } from 'node:vm';
import { UnreadableError } from './document.js';

/**
 * Does synchronous work, and gives it up after a time: a document can be made so that a parser takes hours over a few megabytes. `what`
 * says what took so long.
 */
export function withTimeLimit<T>(limitMs: number, what: string, work: () => T): T {
  try {
    return runInContext('work()', createContext({ work }), { timeout: limitMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new UnreadableError(
      `${what} took longer than ${limitMs / 1000} s to read. Look whether it is Dixa's document at all.`,
    );
  }
}
