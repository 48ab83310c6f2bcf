import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The path of a file in a package that is installed in this project. */
export function packageFile(name: string, path: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path);
}

/**
 * The versions of TypeScript that users compile with, by file. node_modules/.bin/tsc cannot be used: all versions install it, and which one
 * wins is undefined.
 */
export const compilers = {
  'TypeScript 7': packageFile('typescript-native', 'bin/tsc'),
  'TypeScript 6': packageFile('typescript', 'bin/tsc'),
  /** The oldest version that can read the declarations. */
  'TypeScript 5.4': packageFile('typescript-oldest', 'bin/tsc'),
} as const;

/** Runs a JavaScript program without colours and collects its output. */
export function runNode(args: string[], { cwd, env }: { cwd: string; env?: NodeJS.ProcessEnv }): Promise<Finished> {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const options = { cwd, env: { ...inherited, NO_COLOR: '1', ...env }, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((done) => {
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}
