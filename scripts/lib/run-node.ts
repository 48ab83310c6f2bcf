import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the program, and what it has started, when it aborts; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The path of a file of an installed package: of this project, whichever folder the work is for. */
export function packageFile(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}

/** Runs a JavaScript program without colours, and collects what it prints. */
export function runNode(args: string[], { cwd, env, signal }: RunOptions): Promise<Finished> {
  return new Promise((done, fail) => {
    if (signal?.aborted) return fail(signal.reason);
    const { FORCE_COLOR: _, ...inherited } = process.env;
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...inherited, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended together with what it starts. Only Unix has these.
      detached: process.platform !== 'win32',
    });
    const stop = () => end(child.pid);
    signal?.addEventListener('abort', stop, { once: true });
    const result: Finished = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('error', fail);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) fail(signal.reason);
      else done({ ...result, code });
    });
  });
}

function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch {
    // It ended by itself in the meantime.
  }
}
