import { rcompare, valid } from 'semver';
import { isObject } from '../lib/json-pointer.js';
import { git, ReleaseError } from './git.js';
import type { Manifest } from './manifest.js';

/** What is compared with. */
export interface Release {
  /** The tag, or the ref that was asked for. */
  readonly name: string;
  readonly version: string;
  /** Its package.json. */
  readonly manifest: Manifest;
  /** What a file held; undefined if there was none. */
  read(file: string): Promise<string | undefined>;
  /** The files in a folder. */
  list(folder: string): Promise<string[]>;
  /** The files that are not what they were, among those that pathspecs name. */
  changed(paths: readonly string[]): Promise<string[]>;
}

const releaseTag = /^v(\d+\.\d+\.\d+)$/;

/** The ref asked for, else the highest release among the tags that lead to HEAD (`v1.2.3`); undefined where there is none. */
export async function findRelease(root: string, against: string | undefined): Promise<Release | undefined> {
  // Sources that came without their history have no releases.
  if (against === undefined && !(await isRepository(root))) return undefined;
  const { stdout: prefix } = await git(root, ['rev-parse', '--show-prefix']);
  const name = against ?? (await highestTag(root));
  if (name === undefined) return undefined;
  const commit = await commitOf(root, name);
  if (commit === undefined)
    throw new ReleaseError(
      `${JSON.stringify(name)} is no commit that this clone has. Perhaps it is still to be fetched.`,
    );
  const files = filesAt(root, commit, prefix.trim());
  const packageJson = await files.read('package.json');
  if (packageJson !== undefined) return { name, ...manifestIn(name, packageJson), ...files };
  // The tags are those of another project, which this one lies in.
  if (against === undefined) return undefined;
  throw new ReleaseError(`${name} has no package.json.`);
}

/** Whether the history, and the releases in it, may be there without this clone having them. */
export async function isShallow(root: string): Promise<boolean> {
  if (!(await isRepository(root))) return false;
  return (await git(root, ['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true';
}

async function isRepository(root: string): Promise<boolean> {
  try {
    await git(root, ['rev-parse', '--git-dir']);
    return true;
  } catch (error) {
    if (error instanceof ReleaseError && error.message.includes('not a git repository')) return false;
    throw error;
  }
}

function manifestIn(name: string, packageJson: string): Pick<Release, 'version' | 'manifest'> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson);
  } catch (error) {
    throw new ReleaseError(`The package.json of ${name} does not parse: ${(error as Error).message}`);
  }
  const version = isObject(manifest) && typeof manifest.version === 'string' ? valid(manifest.version) : null;
  if (!isObject(manifest) || !version)
    throw new ReleaseError(`The package.json of ${name} has no version such as 1.2.3.`);
  const tagged = releaseTag.exec(name)?.[1];
  if (tagged !== undefined && tagged !== version) {
    throw new ReleaseError(
      `The tag ${name} holds version ${version} in package.json: tag the commit that is ${tagged}.`,
    );
  }
  return { version, manifest };
}

const namesIn = (output: string) => output.split('\0').filter(Boolean);

function filesAt(root: string, commit: string, prefix: string): Pick<Release, 'read' | 'list' | 'changed'> {
  /** Of what is not there, git lists nothing; all else that keeps it from listing is a failure. */
  const list = async (path: string) => {
    return namesIn((await git(root, ['ls-tree', '-r', '-z', '--name-only', commit, '--', path])).stdout);
  };
  return {
    list: (folder) => list(`${folder}/`),
    async read(file) {
      if ((await list(file)).length === 0) return undefined;
      return (await git(root, ['cat-file', 'blob', `${commit}:${prefix}${file}`])).stdout;
    },
    async changed(paths) {
      const options = ['--name-only', '-z', '--no-ext-diff', '--no-renames', '--relative'];
      const known = await git(root, ['diff', ...options, commit, '--', ...paths]);
      const fresh = await git(root, ['ls-files', '-z', '--others', '--exclude-standard', '--', ...paths]);
      return [known, fresh].flatMap(({ stdout }) => namesIn(stdout));
    },
  };
}

/** Undefined where nothing is called so. */
async function commitOf(root: string, ref: string): Promise<string | undefined> {
  const { code, stdout } = await git(
    root,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    [1],
  );
  return code === 0 ? stdout.trim() : undefined;
}

async function highestTag(root: string): Promise<string | undefined> {
  // Before the first commit nothing is released.
  if ((await commitOf(root, 'HEAD')) === undefined) return undefined;
  const { stdout } = await git(root, ['for-each-ref', '--merged=HEAD', '--format=%(refname:strip=2)', 'refs/tags/v*']);
  return stdout
    .split('\n')
    .filter((tag) => releaseTag.test(tag))
    .sort(rcompare)[0];
}
