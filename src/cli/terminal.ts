import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import type { DixaWebhooks } from 'dixa-webhooks';
import { CommandError, usageError } from './errors.js';
import { HIDDEN } from './secrets.js';
import { plain, printJson } from './text.js';

/** The parts of the process that a command uses. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Aborts the command; Ctrl-C triggers it. */
  readonly signal: AbortSignal;
}

/** The options that {@link openTerminal} uses. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly baseUrl?: string;
}

/** Reads input and prints output for a command. */
export interface Terminal extends Surroundings {
  readonly json: boolean;
  /** The URL of the API, if it is not Dixa's own. */
  readonly baseUrl: string | undefined;
  /** Prints a result: the text for people, or the value as JSON with `--json`. */
  print(text: string, value: unknown): void;
  /** Prints a result with its secrets, because the user asked for them. */
  reveal(text: string, value: unknown): void;
  /** Prints a note to standard error. Does nothing with `--json`. */
  note(text: string): void;
  /** Prints an error to standard error. */
  fail(error: { readonly code: string; readonly message: string }): void;
  /** Shows progress until the next line is printed. Does nothing if standard error is not a terminal. */
  progress(text: string): void;
  /** Styles text for standard output, if it supports colours. */
  paint(style: 'green' | 'red' | 'dim' | 'bold', text: string): string;
  /** Redacts these values in all output from now on. */
  hide(...secrets: readonly (string | undefined)[]): void;
  /** Like `plain`, for text that may contain a secret, which must be redacted before the text is cut. */
  plain(text: string | null | undefined, longest: number): string;
  /** Creates a client with the API key from the environment. */
  dixa(): Promise<DixaWebhooks>;
  /** Reads a file, or standard input if it is `-` or absent. */
  read(file: string | undefined, what: string): Promise<Buffer>;
  /** Asks for confirmation. Throws without a terminal. */
  confirm(question: string, details?: string): Promise<boolean>;
}

/** Shorter secrets are not redacted, because they would match parts of ordinary words. */
const SHORTEST = 6;

export function openTerminal(surroundings: Surroundings, { json = false, ...options }: CommonOptions): Terminal {
  const { env, stdin, stdout, stderr } = surroundings;
  const baseUrl = options.baseUrl ?? (env.DIXA_BASE_URL || undefined);
  const secrets = new Set<string>();
  const hide: Terminal['hide'] = (...values) => {
    for (const value of values) if (value && value.length >= SHORTEST) secrets.add(value);
  };
  hide(env.DIXA_API_KEY, env.DIXA_WEBHOOK_SECRET);
  // Longest first, because one secret may contain another.
  const byLength = () => [...secrets].sort((a, b) => b.length - a.length);
  const conceal = (text: string) => byLength().reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  let hasProgress = false;
  const clearProgress = () => {
    if (hasProgress) stderr.write('\r\u001b[K');
    hasProgress = false;
  };
  const print = (text: string, value: unknown, shown: (text: string) => string) => {
    clearProgress();
    const output = json ? printJson(value, shown) : shown(text);
    if (output) stdout.write(`${output}\n`);
  };

  return {
    ...surroundings,
    json,
    baseUrl,
    print: (text, value) => print(text, value, conceal),
    reveal: (text, value) => print(text, value, (shown) => shown),
    note: (text) => {
      if (json) return;
      clearProgress();
      stderr.write(`${conceal(text)}\n`);
    },
    fail: (error) => {
      clearProgress();
      stderr.write(`${json ? printJson(error, conceal) : plain(conceal(error.message), 20_000)}\n`);
    },
    progress: (text) => {
      if (!stderr.isTTY || json) return;
      clearProgress();
      stderr.write(conceal(text));
      hasProgress = true;
    },
    paint: (style, text) => styleText(style, text, { stream: stdout as NodeJS.WriteStream }),
    hide,
    plain: (text, longest) => plain(conceal(text ?? ''), longest),
    async dixa() {
      const { createDixaWebhooks } = await import('dixa-webhooks');
      if (!env.DIXA_API_KEY) throw usageError('DIXA_API_KEY is not set: export the API token of an administrator.');
      return createDixaWebhooks({ apiKey: env.DIXA_API_KEY, baseUrl });
    },
    async read(file, what) {
      if (file && file !== '-') return readFile(file).catch(unreadable(file));
      if (stdin.isTTY) throw usageError(`Pass a file with ${what}, or pipe it to standard input.`);
      return buffer(stdin);
    },
    async confirm(question, details = '') {
      if (!stdin.isTTY || !stderr.isTTY) throw usageError(`${question} Pass --yes to confirm without a terminal.`);
      stderr.write(conceal(`${details}${question} [y/N] `));
      const prompt = createInterface({ input: stdin, terminal: false });
      try {
        for await (const line of prompt) return /^y(es)?$/i.test(line.trim());
        return false;
      } finally {
        prompt.close();
        stdin.pause();
      }
    },
  };
}

function unreadable(file: string) {
  return ({ code }: NodeJS.ErrnoException): never => {
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new CommandError('FILE', `${file} cannot be read: ${why}.`);
  };
}
