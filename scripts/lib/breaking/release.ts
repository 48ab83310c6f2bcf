import { execFile } from 'node:child_process';
import { rcompare } from 'semver';

/** What is compared with. */
export interface Release {
  /** The tag, or the ref that was asked for. */
  readonly name: string;
  /** What a file held; undefined if there was none. */
  read(file: string): Promise<string | undefined>;
  /** The files in a folder. */
  list(folder: string): Promise<string[]>;
  /** Whether files in these folders are not what they were. */
  hasChanged(folders: readonly string[]): Promise<boolean>;
}

/** A ref that cannot be compared with, and why. */
export class ReleaseError extends Error {
  override name = 'ReleaseError';
}

/** The ref asked for, else the highest release among the tags that lead to HEAD (`v1.2.3`); undefined where there is none. */
export async function findRelease(root: string, against: string | undefined): Promise<Release | undefined> {
  const inside = await git(root, ['rev-parse', '--show-prefix']);
  if (inside.code !== 0) {
    if (against === undefined && /not a git repository|ENOENT/.test(inside.stderr)) return undefined;
    throw new ReleaseError(inside.stderr.trim());
  }
  const name = against ?? (await highestTag(root));
  if (name === undefined) return undefined;
  const parsed = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (parsed.code !== 0)
    throw new ReleaseError(`${name} is no commit that this clone has. Perhaps it is still to be fetched.`);
  const release = releaseAt(root, name, parsed.stdout.trim(), inside.stdout.trim());
  if ((await release.read('package.json')) !== undefined) return release;
  // The tags are those of another project, which this one lies in.
  if (against === undefined) return undefined;
  throw new ReleaseError(`${name} has no package.json.`);
}

function releaseAt(root: string, name: string, commit: string, prefix: string): Release {
  return {
    name,
    async read(file) {
      const { code, stdout } = await git(root, ['cat-file', 'blob', `${commit}:${prefix}${file}`]);
      return code === 0 ? stdout : undefined;
    },
    async list(folder) {
      const { stdout } = await git(root, ['ls-tree', '-r', '-z', '--name-only', commit, `${folder}/`]);
      return stdout.split('\0').filter(Boolean);
    },
    async hasChanged(folders) {
      const { code, stderr } = await git(root, ['diff', '--quiet', commit, '--', ...folders]);
      if (code !== 0 && code !== 1) throw new ReleaseError(stderr.trim());
      return code === 1;
    },
  };
}

async function highestTag(root: string): Promise<string | undefined> {
  const { stdout } = await git(root, ['tag', '--merged', 'HEAD', '--list', 'v*']);
  const tags = stdout.split('\n').filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
  return tags.sort(rcompare)[0];
}

/** Only reads: not even the index is refreshed. */
function git(cwd: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  return new Promise((done) => {
    execFile('git', args, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      done({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}
