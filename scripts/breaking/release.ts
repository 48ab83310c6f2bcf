import { execFileSync } from 'node:child_process';
import { valid } from 'semver';
import type { Manifest } from './manifest.js';

/** A release that cannot be compared with, and why. */
export class ReleaseError extends Error {
  override name = 'ReleaseError';
}

/** What the project is compared with. */
export interface Release {
  /** The tag, or the ref that was asked for. */
  readonly name: string;
  /** Its package.json, with a valid version. */
  readonly manifest: Manifest & { readonly version: string };
  /** The texts of the files at these paths and in these folders, by their paths in the project. */
  read(paths: readonly string[]): Map<string, string>;
  /** The files that have changed since, among those that pathspecs name. */
  changed(paths: readonly string[]): string[];
}

/** The release that a ref names; by default the highest tag `v1.2.3` that leads to HEAD, undefined if there is none. */
export function findRelease(root: string, against = highestTag(root)): Release | undefined {
  if (against === undefined) return undefined;
  const commit = git(root, 'rev-parse', '--verify', '--end-of-options', `${against}^{commit}`).trim();
  const show = (file: string) => git(root, 'show', `${commit}:./${file}`);
  const manifest = JSON.parse(show('package.json')) as Release['manifest'];
  const version = valid(manifest.version);
  if (!version || (releaseTag.test(against) && against !== `v${version}`))
    throw new ReleaseError(`${against} has version ${manifest.version} in its package.json.`);
  return {
    name: against,
    manifest,
    read: (paths) => {
      const names = linesOf(git(root, 'ls-tree', '-r', '-z', '--name-only', commit, '--', ...paths));
      return new Map(names.map((name) => [name, show(name)]));
    },
    changed: (paths) => [
      ...linesOf(git(root, 'diff', '--name-only', '-z', '--no-renames', '--relative', commit, '--', ...paths)),
      ...linesOf(git(root, 'ls-files', '-z', '--others', '--exclude-standard', '--', ...paths)),
    ],
  };
}

const releaseTag = /^v\d+\.\d+\.\d+$/;

const highestTag = (root: string) =>
  git(root, 'tag', '--no-column', '--merged=HEAD', '--sort=-v:refname')
    .split('\n')
    .find((tag) => releaseTag.test(tag));

const linesOf = (output: string) => output.split('\0').filter(Boolean);

/** Runs git in a folder. It only reads: not even the index is refreshed. */
function git(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  try {
    return execFileSync('git', args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' });
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    throw new ReleaseError(`${stderr?.trim() || message} (git ${args.join(' ')} in ${cwd})`);
  }
}
