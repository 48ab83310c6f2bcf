import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { vi } from 'vitest';
import { run } from '../../src/cli/run.js';

interface CliOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Whether standard input and standard error are a terminal. */
  readonly terminal?: boolean;
  /** Whether the colours are those that the test asks for, instead of none. */
  readonly keepsColours?: boolean;
  readonly signal?: AbortSignal;
  /** Called with all that was printed to standard output so far. */
  readonly onStdout?: (printed: string) => void;
}

/** How the command ended, and what it printed. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dixa-webhooks` in this process. Its environment is only what `env` holds. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, stdin = '', terminal: isTTY = false, signal = new AbortController().signal, onStdout } = options;
  // The colours heed the environment of this process.
  if (!options.keepsColours) vi.stubEnv('FORCE_COLOR', undefined);
  const printed = { stdout: '', stderr: '' };
  const [stdout, stderr] = (['stdout', 'stderr'] as const).map((name) => {
    return new PassThrough().setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      if (name === 'stdout') onStdout?.(printed.stdout);
    });
  }) as [PassThrough, PassThrough];
  const surroundings = {
    env,
    stdin: Object.assign(Readable.from([stdin]), { isTTY }),
    stdout,
    stderr: Object.assign(stderr, { isTTY }),
    signal,
  };
  const code = await run(args, surroundings);
  await Promise.all([stdout, stderr].map((stream) => finished(stream.end())));
  return { code, ...printed };
}
