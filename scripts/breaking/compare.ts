import { join } from 'node:path';
import { entryFilesOf } from '../generate/api/sources.js';
import { render } from '../generate/generate.js';
import { programOf } from '../lib/compile.js';
import { compileOldCode } from './code.js';
import { compareContracts } from './contract.js';
import { compareExports } from './exports.js';
import { type Finding, isAtLeast } from './finding.js';
import { compareManifests, type Manifest } from './manifest.js';
import { type Release, ReleaseError } from './release.js';

const contractFile = 'generated/openapi.json';

/** Compares the project in `root`, which has this package.json, with a release. @returns the findings of each part */
export async function compareWith(release: Release, root: string, manifest: Manifest): Promise<Map<string, Finding[]>> {
  // What is generated is made anew, so that none of it can be stale.
  const files = await render(root);
  const instead = new Map(Object.entries(files).map(([file, text]) => [join(root, file), text]));
  const sources = release.read(['src', 'generated']);
  const [before, now] = [sources.get(contractFile), files[contractFile] ?? ''];
  if (before === undefined) throw new ReleaseError(`${release.name} has no ${contractFile}.`);
  const contract = await compareContracts(before, now);
  const exports = compareSurfaces(
    { root, instead, sources },
    [release.manifest, manifest],
    namesThatMoved(before, now),
  );
  const changed = release.changed(shippedPaths(manifest));
  return new Map([
    ['the contract', contract],
    ['the exports', exports.filter((finding) => !isRepeated(finding, contract))],
    ['type tests, README snippets and examples of the release', await compileOldCode(release, { root, instead })],
    ['package.json', compareManifests(release.manifest, manifest)],
    [
      'files that are packed, or built into those',
      changed.map((where) => ({ level: 'patch', where, what: 'was changed' })),
    ],
  ]);
}

interface Surfaces {
  readonly root: string;
  /** Files of now that count instead of what is on the disk, by their whole paths. */
  readonly instead: ReadonlyMap<string, string>;
  /** The files of the release, by their paths in the project. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Compiles both surfaces as one program, the old one as if it were in a folder of the project, and compares what they export. */
export function compareSurfaces(
  { root, instead, sources }: Surfaces,
  [before, now]: readonly [Manifest, Manifest],
  contractNames: ReadonlySet<string>,
): Finding[] {
  const oldRoot = join(root, '.release');
  const old = new Map([...entryFilesOf(before)].map(([entry, file]) => [entry, join(oldRoot, file)]));
  const fresh = new Map([...entryFilesOf(now)].map(([entry, file]) => [entry, join(root, file)]));
  const all = new Map([...instead, ...[...sources].map(([file, text]) => [join(oldRoot, file), text] as const)]);
  const options = { types: ['node'], exactOptionalPropertyTypes: true };
  const program = programOf(new Map(), { root, instead: all, files: [...old.values(), ...fresh.values()], options });
  return compareExports(program, [old, fresh], contractNames);
}

/** Names that only one of two contracts has. A list in the exports that gained or lost one changed with the contract. */
export function namesThatMoved(before: string, now: string): Set<string> {
  const namesIn = (text: string) => new Set(text.match(/(?<=")\w+(?=")/g));
  const [old, fresh] = [namesIn(before), namesIn(now)];
  return new Set([...old, ...fresh].filter((name) => !old.has(name) || !fresh.has(name)));
}

/** Generated code repeats the contract: a change of it is said once, unless the contract says less. */
export const isRepeated = ({ isGenerated, level }: Finding, contract: readonly Finding[]): boolean =>
  isGenerated === true && contract.some((each) => isAtLeast(each.level, level));

/** What the package is made of, as pathspecs of git: what is packed or built into that, and what npm adds. */
export function shippedPaths({ files }: Manifest): string[] {
  const built = ['src', 'generated', 'scripts/build', 'tsconfig.json', 'tsconfig.build.json'];
  const packed = (files as string[]).flatMap((name) => (name === 'dist' ? built : [name.replace(/^!/, ':(exclude)')]));
  return [':(icase)readme*', ':(icase)licen[cs]e*', ...packed];
}
