import { execFileSync } from 'node:child_process';
import { valid } from 'semver';
import type { Manifest } from './manifest.js';

/** A release cannot be used for the comparison. */
export class ReleaseError extends Error {
  override name = 'ReleaseError';
}

/** The release to compare with. */
export interface Release {
  /** The tag, or the requested ref. */
  readonly name: string;
  /** Its package.json, with a valid version. */
  readonly manifest: Manifest & { readonly version: string };
  /** Reads the files at these paths and in these folders, by their path in the project. */
  read(paths: readonly string[]): Map<string, string>;
  /** The files that have changed since the release, limited by pathspecs. */
  changed(paths: readonly string[]): string[];
}

/** Finds the release for a ref, by default the highest tag such as `v1.2.3` before HEAD. Undefined if there is none. */
export function findRelease(root: string, against = highestTag(root)): Release | undefined {
  if (against === undefined) return undefined;
  const commit = git(root, 'rev-parse', '--verify', '--end-of-options', `${against}^{commit}`).trim();
  const show = (file: string) => git(root, 'show', `${commit}:./${file}`);
  const manifest = JSON.parse(show('package.json')) as Release['manifest'];
  const version = valid(manifest.version);
  if (!version || (releaseTag.test(against) && against !== `v${version}`))
    throw new ReleaseError(
      `${against} has the version ${manifest.version} in its package.json, which is invalid or does not match the tag.`,
    );
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

/** Runs git in a folder, read-only: not even the index is refreshed. */
function git(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  try {
    return execFileSync('git', args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' });
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    throw new ReleaseError(`${stderr?.trim() || message} (git ${args.join(' ')} in ${cwd})`);
  }
}
