import { execFile } from 'node:child_process';

/** A release that cannot be compared with, and why. */
export class ReleaseError extends Error {
  override name = 'ReleaseError';
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
}

/** Runs git in a folder. Only reads: not even the index is refreshed. `answers` are codes beside 0 that are no failures. */
export function git(cwd: string, args: readonly string[], answers: readonly number[] = []): Promise<Answer> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  return new Promise((done, fail) => {
    execFile('git', args, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number' && [0, ...answers].includes(code)) return done({ code, stdout });
      const missing = code === 'ENOENT' && 'git is not installed, and releases can only be read with it';
      fail(new ReleaseError(`${missing || stderr.trim() || error?.message} (git ${args[0]} in ${cwd}).`));
    });
  });
}
