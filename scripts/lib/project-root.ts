import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder to work in: the one asked for, else that of this project. */
export function projectRoot(asked: string | undefined): string {
  const root = resolve(asked ?? fileURLToPath(new URL('../..', import.meta.url)));
  if (!existsSync(join(root, 'redocly.yaml'))) throw new Error(`There is no redocly.yaml in ${root}.`);
  return root;
}
