import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { run } from '../../src/cli/run.js';

interface CliOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Whether standard input and standard error are a terminal. */
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** How the command ended, and what it printed. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dixa-webhooks` in this process. Its environment is only what `env` holds. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, stdin = '', terminal: isTTY = false, signal = new AbortController().signal, fetch } = options;
  vi.stubEnv('FORCE_COLOR', undefined);
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const input = Object.assign(Readable.from([stdin]), { isTTY });
  const printed = Promise.all([text(stdout), text(stderr)]);
  const code = await run(args, { env, stdin: input, stdout, stderr, signal, fetch });
  stdout.end();
  stderr.end();
  const [out, error] = await printed;
  return { code, stdout: out, stderr: error };
}
