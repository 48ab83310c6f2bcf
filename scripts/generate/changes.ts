import { existsSync, type FSWatcher, watch as watchFolder } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Remembers that something has changed until someone asks. Editors save in several steps, so a change counts only once nothing else has
 * changed for `quietMs`.
 */
export class Changes {
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  notify(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed = true;
      this.#wake?.();
    }, this.#quietMs);
  }

  /** Waits for a change since the last call; at once, if there was one. False means that the signal ended the wait. */
  async next(signal: AbortSignal): Promise<boolean> {
    if (!this.#changed && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener('abort', wake);
      });
    }
    this.#wake = undefined;
    this.#changed = false;
    if (signal.aborted) clearTimeout(this.#timer);
    return !signal.aborted;
  }
}

/**
 * Calls back whenever something in `folder`, at any depth, or one of the `files` beside it changes. Folders are watched, not files: an
 * editor that saves by replacing a file would escape a watch on the file itself.
 *
 * @returns a function that ends it
 */
export async function watchFiles(
  root: string,
  folder: string,
  files: string[],
  onChange: () => void,
): Promise<() => void> {
  const watchers = new Map<string, FSWatcher>();
  const add = (path: string, listener: (name: string | null) => void) => {
    if (watchers.has(path) || !existsSync(path)) return;
    const watcher = watchFolder(path, (_, name) => listener(name));
    const drop = () => {
      watcher.close();
      watchers.delete(path);
    };
    // A folder that is removed ends its own watch; the folder above it tells of that.
    watcher.on('error', drop);
    watchers.set(path, watcher);
  };
  const addFolders = async () => {
    const top = join(root, folder);
    const inside = await readdir(top, { recursive: true, withFileTypes: true }).catch(() => []);
    const folders = inside.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    for (const path of watchers.keys()) {
      if (path === root || existsSync(path)) continue;
      watchers.get(path)?.close();
      watchers.delete(path);
    }
    for (const path of [top, ...folders]) add(path, changed);
  };
  const changed = () => {
    void addFolders();
    onChange();
  };
  add(root, (name) => {
    if (name === null || files.includes(name) || name === basename(folder)) changed();
  });
  await addFolders();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
}
