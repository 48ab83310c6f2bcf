import { isDeepStrictEqual } from 'node:util';
import { compareEntryPoints, comparePacked } from './entry-points.js';
import type { Finding } from './finding.js';
import { compareDependencies, compareEngines, comparePeers } from './ranges.js';

/** What is compared of a package.json. */
export interface Manifest {
  readonly exports?: unknown;
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly type?: string;
  readonly sideEffects?: unknown;
  readonly [field: string]: unknown;
}

/** Of no interest outside: npm reads them where the package is made. */
const forDevelopment = new Set([
  'devDependencies',
  'devEngines',
  'overrides',
  'packageManager',
  'private',
  'publishConfig',
  'scripts',
  'version',
  'workspaces',
]);

/** Fields with a meaning of their own, which is compared. */
const judged = new Set([
  'bin',
  'dependencies',
  'engines',
  'exports',
  'files',
  'imports',
  'main',
  'peerDependencies',
  'peerDependenciesMeta',
  'sideEffects',
  'type',
  'types',
]);

/** Fields that decide who can install the package; what the others say is for people. */
const decisive = new Set(['cpu', 'libc', 'name', 'os']);

/** What changed for those who install the package. */
export function compareManifests(before: Manifest, now: Manifest): Finding[] {
  return [
    ...compareEntryPoints(before, now),
    ...comparePacked(before, now),
    ...compareEngines(before.engines, now.engines),
    ...compareDependencies(before.dependencies, now.dependencies),
    ...comparePeers(before, now),
    ...compareKind(before, now),
    ...compareOthers(before, now),
  ];
}

function* compareKind(before: Manifest, now: Manifest): Generator<Finding> {
  const [was = 'commonjs', is = 'commonjs'] = [before.type, now.type];
  if (was !== is) yield { level: 'major', where: 'package.json type', what: `was ${was}, is ${is}` };
  if (!isDeepStrictEqual(before.sideEffects, now.sideEffects)) {
    const where = 'package.json sideEffects';
    const what = `was ${JSON.stringify(before.sideEffects)}, is ${JSON.stringify(now.sideEffects)}`;
    yield keepsAll(before.sideEffects, now.sideEffects)
      ? { level: 'minor', where, what: `${what}: bundlers keep what nobody uses` }
      : { level: 'major', where, what: `${what}: bundlers may drop what was imported for its effect alone` };
  }
}

/** Whether bundlers keep all that they kept before. */
function keepsAll(before: unknown, now: unknown): boolean {
  const [old, fresh] = [before, now].map((value) => (value === false ? [] : Array.isArray(value) ? value : undefined));
  return fresh === undefined || (old?.every((file) => fresh.includes(file)) ?? false);
}

function* compareOthers(before: Manifest, now: Manifest): Generator<Finding> {
  for (const field of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (judged.has(field) || forDevelopment.has(field) || isDeepStrictEqual(before[field], now[field])) continue;
    const what = !(field in now) ? 'is gone' : field in before ? 'was changed' : 'is new';
    yield { level: decisive.has(field) ? 'major' : 'patch', where: `package.json ${field}`, what };
  }
}
