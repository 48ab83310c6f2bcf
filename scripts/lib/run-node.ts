import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The path of a file of an installed package: of this project, whichever folder the work is for. */
export function packageFile(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}

/**
 * The versions of TypeScript that users compile with. Each is run by its file: all of them put a `tsc` into node_modules/.bin, and which
 * one stays there is chance.
 */
export const compilers = {
  'TypeScript 7': packageFile('typescript-native', 'bin/tsc'),
  'TypeScript 6': packageFile('typescript', 'bin/tsc'),
  /** The oldest one that reads the declarations. */
  'TypeScript 5.4': packageFile('typescript-oldest', 'bin/tsc'),
} as const;

/** Runs a JavaScript program without colours, and collects what it prints. */
export function runNode(args: string[], { cwd, env }: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<Finished> {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const options = { cwd, env: { ...inherited, NO_COLOR: '1', ...env }, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((done) => {
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}
