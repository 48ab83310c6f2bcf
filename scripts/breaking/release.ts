import { execFileSync } from 'node:child_process';
import { rcompare, valid } from 'semver';
import { isObject } from '../lib/json-pointer.js';
import type { Manifest } from './manifest.js';

/** A release that cannot be compared with, and why. */
export class ReleaseError extends Error {
  override name = 'ReleaseError';
}

/** What is compared with. */
export interface Release {
  /** The tag, or the ref that was asked for. */
  readonly name: string;
  readonly version: string;
  /** Its package.json. */
  readonly manifest: Manifest;
  /** The texts of the files at these paths and in these folders, by their paths in the project. */
  read(paths: readonly string[]): Map<string, string>;
  /** The files that are not what they were, among those that pathspecs name. */
  changed(paths: readonly string[]): string[];
}

const releaseTag = /^v(\d+\.\d+\.\d+)$/;

/** The ref asked for, else the highest release among the tags that lead to HEAD (`v1.2.3`); undefined if there is none. */
export function findRelease(root: string, against: string | undefined): Release | undefined {
  // Sources that came without their history have no releases.
  if (against === undefined && !isRepository(root)) return undefined;
  const name = against ?? highestTag(root);
  if (name === undefined) return undefined;
  const commit = commitOf(root, name);
  if (!commit)
    throw new ReleaseError(`${JSON.stringify(name)} is not a commit in this clone. Is it still to be fetched?`);
  const read = (paths: readonly string[]) => readFiles(root, commit, paths);
  const packageJson = read(['package.json']).get('package.json');
  if (packageJson !== undefined) {
    return { name, ...manifestIn(name, packageJson), read, changed: (paths) => changedFiles(root, commit, paths) };
  }
  // The tags are those of another project, which contains this one.
  if (against === undefined) return undefined;
  throw new ReleaseError(`${name} has no package.json.`);
}

/** Whether there may be releases that this clone lacks. */
export const isShallow = (root: string): boolean =>
  isRepository(root) && git(root, 'rev-parse', '--is-shallow-repository').trim() === 'true';

function isRepository(root: string): boolean {
  try {
    return git(root, 'rev-parse', '--git-dir') !== '';
  } catch (error) {
    if (error instanceof ReleaseError && error.message.includes('not a git repository')) return false;
    throw error;
  }
}

function manifestIn(name: string, packageJson: string): Pick<Release, 'version' | 'manifest'> {
  const manifest: unknown = JSON.parse(packageJson);
  const version = isObject(manifest) && typeof manifest.version === 'string' ? valid(manifest.version) : null;
  if (!isObject(manifest) || !version)
    throw new ReleaseError(`The package.json of ${name} has no version such as 1.2.3.`);
  const tagged = releaseTag.exec(name)?.[1] ?? version;
  if (tagged === version) return { version, manifest };
  throw new ReleaseError(`The tag ${name} has version ${version} in package.json: tag the commit that is ${tagged}.`);
}

/** Of what is not there, git lists nothing; every other reason not to read a file is a failure. */
function readFiles(root: string, commit: string, paths: readonly string[]): Map<string, string> {
  const listed = namesIn(git(root, 'ls-tree', '-r', '-z', commit, '--', ...paths));
  return new Map(
    listed.map((line) => {
      const [, blob = '', file = ''] = /^\S+ blob (\w+)\t(.+)$/s.exec(line) ?? [];
      return [file, git(root, 'cat-file', 'blob', blob)];
    }),
  );
}

function changedFiles(root: string, commit: string, paths: readonly string[]): string[] {
  const options = ['--name-only', '-z', '--no-ext-diff', '--no-renames', '--relative'];
  const known = git(root, 'diff', ...options, commit, '--', ...paths);
  const untracked = git(root, 'ls-files', '-z', '--others', '--exclude-standard', '--', ...paths);
  return [known, untracked].flatMap(namesIn);
}

const namesIn = (output: string) => output.split('\0').filter(Boolean);

/** Empty if nothing has this name. */
const commitOf = (root: string, ref: string) =>
  git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).trim();

function highestTag(root: string): string | undefined {
  // Before the first commit nothing is released.
  if (!commitOf(root, 'HEAD')) return undefined;
  const tags = git(root, 'for-each-ref', '--merged=HEAD', '--format=%(refname:strip=2)', 'refs/tags/v*').split('\n');
  return tags.filter((tag) => releaseTag.test(tag)).sort(rcompare)[0];
}

/** Runs git in a folder. It only reads: not even the index is refreshed. */
function git(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  try {
    return execFileSync('git', args, {
      cwd,
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, status, stderr, message } = error as NodeJS.ErrnoException & { status?: number; stderr?: string };
    // So git answers no.
    if (status === 1) return '';
    const reason = code === 'ENOENT' ? 'git is not installed; releases are read with it' : stderr?.trim() || message;
    throw new ReleaseError(`${reason} (git ${args[0]} in ${cwd}).`);
  }
}
