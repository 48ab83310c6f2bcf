import { CommanderError } from 'commander';
import { DixaError } from '../shared/errors.js';
import { plain } from './text.js';

/** An expected failure of a command. The message says what to do about it. */
export class CommandError extends Error {
  /** A code for programs: `USAGE`, `FILE`, `NO_RESPONSE`, … Other errors of this package have their own codes. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function usageError(message: string): CommandError {
  return new CommandError('USAGE', message);
}

/** A one-line message for people, and a code for programs. */
export function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof CommanderError) return { code: 'USAGE', message: usageMessage(error) };
  if (error instanceof CommandError || DixaError.is(error)) return { code: error.code, message: error.message };
  return { code: 'UNEXPECTED', message: `${error}. This is a bug in dixa-webhooks.` };
}

/**
 * The parser's message, with a suggestion if there is one. The value of an unknown option is removed: it may be a
 * secret.
 */
function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'No command given. Run dixa-webhooks --help to list all commands.';
  const line = plain(message.replace(/^error: /, '').replace(/(option '(--[\w-]+|-\w)).*'/s, "$1'"), 300);
  const [, problem = line, near] = /^(.*?)\.? ?(?:\(Did you mean (.*)\?\))?$/.exec(line) ?? [];
  return `${problem[0]?.toUpperCase()}${problem.slice(1)}${near ? `: did you mean ${near}?` : '.'}`;
}
