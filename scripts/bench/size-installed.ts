import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/package.js';

/** What an installed package takes on disk, with all that it depends on. */
export interface Installed {
  readonly kilobytes: number;
  /** How many other packages come with it. */
  readonly dependencies: number;
}

interface InstalledManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** An installed package and those it depends on, as Node finds them. Optional peers are their user's choice. */
export function installedSize(name: string, from: string): Installed {
  const folders = closureOf(folderOf(name, from));
  return { kilobytes: folders.map(bytesIn).reduce(sum) / 1024, dependencies: folders.length - 1 };
}

/** This package: what would be published, and what it depends on. */
export function ownInstalledSize(): Installed {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], { cwd: root });
  const [{ unpackedSize }] = JSON.parse(packed.toString()) as [{ unpackedSize: number }];
  const others = closureOf(root).slice(1);
  return { kilobytes: (unpackedSize + others.map(bytesIn).reduce(sum, 0)) / 1024, dependencies: others.length };
}

function closureOf(start: string): string[] {
  const found = new Set([start]);
  // The set grows while it is gone through.
  for (const folder of found) {
    const { dependencies = {} }: InstalledManifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) found.add(folderOf(name, folder));
  }
  return [...found];
}

function folderOf(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error(`${name} is not installed.`);
  return folderOf(name, dirname(from));
}

/** What is nested in node_modules is counted where it is needed. */
function bytesIn(folder: string): number {
  const sizes = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? 0 : bytesIn(join(folder, entry.name));
    return statSync(join(folder, entry.name)).size;
  });
  return sizes.reduce(sum, 0);
}

const sum = (a: number, b: number) => a + b;
