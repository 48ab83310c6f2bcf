import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import type { DixaWebhooks } from 'dixa-webhooks';
import { CommandError, usageError } from './errors.js';
import { HIDDEN } from './secrets.js';
import { plain, printJson } from './text.js';

/** What a command has of the process that runs it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Ends the command, as Ctrl-C does. */
  readonly signal: AbortSignal;
}

/** The options that {@link openTerminal} heeds. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly baseUrl?: string;
}

/** What a command reads and prints with. */
export interface Terminal extends Surroundings {
  readonly json: boolean;
  /** The address of the API, if it is not Dixa's own. */
  readonly baseUrl: string | undefined;
  /** Prints a result: the text for people, or the value as JSON with `--json`. */
  print(text: string, value: unknown): void;
  /** Prints a result that was asked for in clear, secrets and all. */
  reveal(text: string, value: unknown): void;
  /** Prints to standard error what is no result. With `--json` only errors are printed there. */
  note(text: string): void;
  /** Prints to standard error why the command could not be done. */
  fail(error: { readonly code: string; readonly message: string }): void;
  /** Shows how far a long work is, on a terminal only, until the next line is printed. */
  progress(text: string): void;
  /** Styles a text for standard output, if that shows colours. */
  paint(style: 'green' | 'red' | 'dim' | 'bold', text: string): string;
  /** From now on prints none of these values. */
  hide(...secrets: readonly (string | undefined)[]): void;
  /** As `plain`, for what may repeat a secret: it must be replaced before the text is cut. */
  plain(text: string | null | undefined, longest: number): string;
  /** The client for the API key of the environment. */
  dixa(): Promise<DixaWebhooks>;
  /** Reads a file, or standard input if it is `-` or absent. */
  read(file: string | undefined, what: string): Promise<Buffer>;
  /** Asks on the terminal for a yes. Without a terminal `--yes` must have been given. */
  confirm(question: string, details?: string): Promise<boolean>;
}

/** A secret shorter than this is not searched for in what is printed: it would be found in every other word. */
const SHORTEST = 6;

export function openTerminal(surroundings: Surroundings, { json = false, ...options }: CommonOptions): Terminal {
  const { env, stdin, stdout, stderr } = surroundings;
  const baseUrl = options.baseUrl ?? (env.DIXA_BASE_URL || undefined);
  const secrets = new Set<string>();
  const hide: Terminal['hide'] = (...values) => {
    for (const value of values) if (value && value.length >= SHORTEST) secrets.add(value);
  };
  hide(env.DIXA_API_KEY, env.DIXA_WEBHOOK_SECRET);
  // The longest first: one may be a part of another.
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
      if (!stdin.isTTY || !stderr.isTTY) throw usageError(`${question} Pass --yes: there is no terminal to ask on.`);
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
