import { isDeepStrictEqual } from 'node:util';
import { minVersion, subset, validRange } from 'semver';
import { isObject } from '../lib/json-pointer.js';
import type { Finding, Level } from './finding.js';

/** A package.json. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Fields that lead to files, fields of ranges, and fields that decide who can install or load the package. */
const leading = ['exports', 'imports', 'main', 'types', 'bin'];
const ranges = ['engines', 'dependencies', 'peerDependencies'];
const decisive = ['cpu', 'libc', 'name', 'os', 'peerDependenciesMeta', 'sideEffects', 'type'];

/** Fields that say something to people or to npm. All others only matter where the package is made. */
const descriptive = [
  'author',
  'bugs',
  'description',
  'files',
  'funding',
  'homepage',
  'keywords',
  'license',
  'repository',
];

/** What changed for those who install the package. Whether the files are right is checked by publint and attw. */
export function compareManifests(before: Manifest, now: Manifest): Finding[] {
  return [...leading, ...ranges, ...decisive, ...descriptive].flatMap((field) => {
    if (isDeepStrictEqual(before[field], now[field])) return [];
    const where = `package.json ${field}`;
    const level = decisive.includes(field) ? 'major' : 'patch';
    if (!leading.includes(field) && !ranges.includes(field)) return [{ level, where, what: 'was changed' }];
    const [old, fresh] = [before, now].map((each) => valuesOf(each[field], where));
    return [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])].flatMap((at) => {
      const [was, is] = [old?.get(at), fresh?.get(at)];
      if (was === is) return [];
      const what = was === undefined ? `is new: ${is}` : is === undefined ? 'is gone' : `was ${was}, is ${is}`;
      return [
        { level: ranges.includes(field) ? levelOfRange(field, was, is) : levelOfTarget(was, is), where: at, what },
      ];
    });
  });
}

/** What a field has by its keys and conditions. `null` leads nowhere, and `default` adds no condition. */
function valuesOf(value: unknown, where: string): Map<string, string> {
  if (!isObject(value)) return new Map(value === undefined || value === null ? [] : [[where, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...valuesOf(inner, key === 'default' ? where : `${where} ${key}`),
    ]),
  );
}

const levelOfTarget = (was: string | undefined, is: string | undefined): Level =>
  is === undefined ? 'major' : was === undefined ? 'minor' : 'patch';

/** A range that accepts less is breaking; so is one that cannot be read. */
function levelOfRange(field: string, was: string | undefined, is: string | undefined): Level {
  if (is === undefined) return field === 'engines' ? 'minor' : 'patch';
  if (was === undefined || validRange(was) === null || validRange(is) === null) return 'major';
  // Types and behaviour of a dependency reach users through `raw`, so another major of it is one of this package.
  if (field === 'dependencies') return subset(is, `^${minVersion(was)?.version}`) ? 'patch' : 'major';
  return !subset(was, is) ? 'major' : subset(is, was) ? 'patch' : 'minor';
}
