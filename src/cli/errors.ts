import { CommanderError } from 'commander';
import { DixaError } from '../shared/errors.js';
import { plain } from './text.js';

/** Something that a command cannot do, and what to do about it. */
export class CommandError extends Error {
  /** For programs: `USAGE`, `FILE`, `NO_RESPONSE`, …; the errors of the package have codes of their own. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Wrong arguments of a command. */
export function usageError(message: string): CommandError {
  return new CommandError('USAGE', message);
}

/** An error in a line for people, and its code for programs. */
export function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof CommanderError) return { code: 'USAGE', message: usageMessage(error) };
  if (error instanceof CommandError || DixaError.is(error)) return { code: error.code, message: error.message };
  return { code: 'UNEXPECTED', message: `${error}. This is a bug of dixa-webhooks.` };
}

/** What is wrong with the arguments, with the name that was probably meant. What follows an unknown option may be a secret. */
function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Name one of the commands: dixa-webhooks --help lists them.';
  const line = plain(message.replace(/^error: /, '').replace(/(option '(--[\w-]+|-\w)).*'/s, "$1'"), 300);
  const [, problem = line, near] = /^(.*?)\.? ?(?:\(Did you mean (.*)\?\))?$/.exec(line) ?? [];
  return `${problem[0]?.toUpperCase()}${problem.slice(1)}${near ? `: did you mean ${near}?` : '.'}`;
}
