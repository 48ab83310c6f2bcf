import type { Manifest } from './manifest.js';

/** What a folder that git does not hold is built from. */
const sources: Readonly<Record<string, readonly string[]>> = {
  dist: ['src', 'generated', 'scripts/build/build.ts', 'tsconfig.json', 'tsconfig.build.json'],
};

/** What npm packs unasked, but for package.json: of that, only some fields reach users. */
const always = [':(icase)readme*', ':(icase)licen[cs]e*'];

/** What the package is made of, as pathspecs of git. */
export function shippedPaths({ files = [] }: Manifest): string[] {
  const packed = files.flatMap((name) => sources[name] ?? [name.replace(/^!/, ':(exclude)')]);
  return [...always, ...packed];
}
