import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name within `generated/` to content. */
export type Files = Record<string, string>;

/** What keeps `generated/` from being what the contract makes of it. */
export interface Difference {
  file: string;
  state: 'stale' | 'missing' | 'unexpected';
}

const folder = 'generated';

/** Compares, and changes nothing. */
export async function compare(root: string, files: Files): Promise<Difference[]> {
  const present = await readdir(join(root, folder)).catch(ifAbsent([] as string[]));
  const differences: Difference[] = [];
  for (const [name, content] of Object.entries(files)) {
    const current = await readFile(join(root, folder, name), 'utf8').catch(ifAbsent(undefined));
    if (current !== content) {
      differences.push({ file: `${folder}/${name}`, state: current === undefined ? 'missing' : 'stale' });
    }
  }
  for (const name of present) {
    if (!(name in files)) differences.push({ file: `${folder}/${name}`, state: 'unexpected' });
  }
  return differences.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Makes `generated/` hold exactly these files. Each is replaced at once, so no reader ever sees half a file. */
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
    await writeFile(temporary, files[file.slice(folder.length + 1)] ?? '');
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
