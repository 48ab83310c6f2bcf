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
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (DixaError.is(error)) return { code: error.code, message: inTerms(error) };
  return { code: 'UNEXPECTED', message: `${error}. This is a bug in dixa-webhooks.` };
}

/** What the client says to programs, and its meaning in the terminal. */
const terms: readonly (readonly [client: string, terminal: string])[] = [
  ['Call list() to see', 'Run `dixa-webhooks list` to see'],
  ['call list()', 'run `dixa-webhooks list`'],
  ['apiKey', 'DIXA_API_KEY'],
];

function inTerms({ code, message }: DixaError): string {
  // A message about input may quote a name in the user's file.
  if (code === 'DIXA_INPUT') return message.replace(/^webhookSubscriptionId/, 'The id');
  return terms.reduce((text, [client, terminal]) => text.replaceAll(client, terminal), message);
}

/**
 * The parser's message, with a suggestion if there is one. The value of an unknown option is removed: it may be a
 * secret.
 */
function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'No command given. Run dixa-webhooks --help to list all commands.';
  const line = plain(message.replace(/^error: /, '').replace(/(option '(--[\w-]+|-\w)).*'/s, "$1'"), 300);
  const [, problem = line, near] = /^(.*?)\.? ?(?:\(Did you mean (.*)\?\))?$/.exec(line) ?? [];
  const list = code === 'commander.unknownCommand' ? ': dixa-webhooks --help lists the commands.' : '.';
  return `${problem[0]?.toUpperCase()}${problem.slice(1)}${near ? `: did you mean ${near}?` : list}`;
}
