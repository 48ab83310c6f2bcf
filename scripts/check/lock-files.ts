import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/package.js';

interface LockFile {
  readonly packages: Readonly<Record<string, { link?: boolean; integrity?: string; resolved?: string }>>;
}

/** Checks all lock files of the repository. */
export async function main(_args: string[] = [], folder = root): Promise<number> {
  const files = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: folder, encoding: 'utf8' }).trim();
  const faults = files.split('\n').flatMap((file) => {
    const lock = JSON.parse(readFileSync(join(folder, file), 'utf8')) as LockFile;
    return faultsIn(lock).map((fault) => `${file}: ${fault}`);
  });
  for (const fault of faults) console.error(fault);
  return faults.length > 0 ? 1 : 0;
}

/** The packages that npm would install unverified, or from one registry only. */
export function faultsIn({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([path, { link, integrity, resolved }]) => {
    const isFolder = link || !path.includes('node_modules/');
    if (isFolder) return [];
    return [
      ...(integrity ? [] : [`${path} has no integrity`]),
      ...(resolved ? [`${path} is tied to the URL ${resolved}`] : []),
    ];
  });
}
