import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../generated-files.js';
import { DeclarationError } from './declaration-error.js';
import { type Modules, readModules } from './modules.js';
import { renderReport } from './report.js';
import { collectSurface, type Surface } from './surface.js';

/** What leaves the package, and the modules that it is in. */
export interface Sources {
  /** The source of each entry point that has types, by the name that it is imported by. */
  readonly entryFiles: ReadonlyMap<string, string>;
  readonly surface: Surface;
  readonly modules: Modules;
}

/** Reads the sources in `root`, with files that are about to be written in place of those that are there. */
export function readSources(root: string, packageJson: string, generated: Files): Sources {
  const modules = readModules((file) => {
    const path = join(root, file);
    return generated[file] ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  });
  const entryFiles = entryFilesOf(packageJson);
  return { entryFiles, surface: collectSurface(modules, entryFiles), modules };
}

/** `api.md`. */
export const renderApi = ({ surface, modules }: Sources): string => renderReport(surface, modules);

function entryFilesOf(packageJson: string): Map<string, string> {
  const { name, exports } = JSON.parse(packageJson) as { name: string; exports: Record<string, { types?: string }> };
  const files = new Map<string, string>();
  for (const [path, { types }] of Object.entries(exports)) {
    if (types === undefined) continue;
    const source = /^\.\/dist\/types\/(.+)\.d\.ts$/.exec(types)?.[1];
    if (!source) throw new DeclarationError(`package.json has ${types} in "exports", which no source is compiled to.`);
    files.set(`${name}${path.slice(1)}`, `${source}.ts`);
  }
  return files;
}
