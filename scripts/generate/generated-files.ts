import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Path within the project to content. All that is in `generated/` is among them. */
export type Files = Record<string, string>;

/** What keeps a file from being what the contract makes of it. */
export interface Difference {
  file: string;
  state: 'stale' | 'missing' | 'unexpected';
}

const folder = 'generated';

/** Compares, and changes nothing. */
export async function compare(root: string, files: Files): Promise<Difference[]> {
  const present = await readdir(join(root, folder)).catch(ifAbsent([] as string[]));
  const differences: Difference[] = [];
  for (const [file, content] of Object.entries(files)) {
    const current = await readFile(join(root, file), 'utf8').catch(ifAbsent(undefined));
    if (current !== content) differences.push({ file, state: current === undefined ? 'missing' : 'stale' });
  }
  for (const name of present) {
    const file = `${folder}/${name}`;
    if (!(file in files)) differences.push({ file, state: 'unexpected' });
  }
  return differences.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Writes these files, and removes whatever else is in `generated/`. Each is replaced at once, so no reader ever sees half a file. */
export async function write(root: string, files: Files): Promise<Difference[]> {
  const differences = await compare(root, files);
  await mkdir(join(root, folder), { recursive: true });
  for (const { file, state } of differences) {
    const target = join(root, file);
    if (state === 'unexpected') {
      await rm(target, { recursive: true });
      continue;
    }
    const temporary = `${target}.${process.pid}.tmp`;
    await writeFile(temporary, files[file] ?? '');
    await rename(temporary, target);
  }
  return differences;
}

function ifAbsent<T>(fallback: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return fallback;
    throw error;
  };
}
