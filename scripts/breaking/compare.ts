import { join } from 'node:path';
import { render } from '../generate/render.js';
import { compileOldCode } from './code.js';
import { compareContracts } from './contract.js';
import { compareSurfaces } from './exports.js';
import { type Finding, highest } from './finding.js';
import { compareManifests, type Manifest } from './manifest.js';
import { type Release, ReleaseError } from './release.js';

const contractFile = 'generated/openapi.json';

/** Compares the project in `root`, which has this package.json, with a release. Returns the findings of each part. */
export async function compareWith(release: Release, root: string, manifest: Manifest): Promise<Map<string, Finding[]>> {
  // Generated files are rendered again, because those on disk may be stale.
  const files = await render(root);
  const instead = new Map(Object.entries(files).map(([file, text]) => [join(root, file), text]));
  const sources = release.read(['src', 'generated']);
  const [before, now] = [sources.get(contractFile), files[contractFile] ?? ''];
  if (before === undefined) throw new ReleaseError(`${release.name} has no ${contractFile}.`);
  const contract = await compareContracts(before, now);
  const exports = compareSurfaces(root, [release.manifest, sources], [manifest, new Map(Object.entries(files))]);
  const changed = release.changed(shippedPaths(manifest)).join(', ');
  const moved = namesThatMoved(before, now);
  return new Map([
    ['the contract', contract],
    ['the exports', exports.filter((finding) => !isRepeated(finding, contract, moved))],
    ['type tests, README snippets and examples of the release', await compileOldCode(release, { root, instead })],
    ['package.json', compareManifests(release.manifest, manifest)],
    ['files that are packed or built into those', changed ? [{ level: 'patch', where: changed, what: 'changed' }] : []],
  ]);
}

/** Names that only one of the contracts has, such as a new event type, and which of them are new values of a list. */
export function namesThatMoved(before: string, now: string) {
  const [old, fresh] = [before, now].map((text) => [...new Set(text.match(/(?<=")\w+(?=")/g))]) as [string[], string[]];
  const added = fresh.filter((name) => !old.includes(name));
  const values = new Set<unknown>();
  JSON.parse(now, (key, value) => {
    if (key === 'enum' || key === 'operationId') for (const each of [value].flat()) values.add(each);
    return value;
  });
  const names = [...old.filter((name) => !fresh.includes(name)), ...added];
  return { names, values: added.filter((name) => values.has(name)) };
}

/** Whether a change of generated code, or of a list of names, is already reported by the comparison of contracts. */
export function isRepeated(
  { where, what, level, isGenerated }: Finding,
  contract: readonly Finding[],
  { names, values }: ReturnType<typeof namesThatMoved>,
): boolean {
  const isMoved = names.some((name) => new RegExp(`\\b${name}(?:Event|Payload)?\\b`).test(`${where} ${what}`));
  if (contract.length === 0 || !(isGenerated || isMoved)) return false;
  if (values.some((name) => what === `may now be '${name}'`)) return true;
  return highest([{ where, what, level }, ...contract]) === highest(contract);
}

/** The files that make up the package, as git pathspecs: packed files, their sources, and files that npm adds. */
export function shippedPaths({ files }: Manifest): string[] {
  const built = ['src', 'generated', 'scripts/build', 'tsconfig.json'];
  // The changelog describes changes; it is none itself.
  const packed = (files as string[])
    .filter((name) => name !== 'CHANGELOG.md')
    .flatMap((name) => (name === 'dist' ? built : [name.replace(/^!/, ':(exclude)')]));
  return [':(icase)readme*', ':(icase)licen[cs]e*', ...packed];
}
