import { minVersion, subset, validRange } from 'semver';
import { isObject } from '../lib/json-pointer.js';
import type { Finding, Level } from './finding.js';

/** A package.json. */
export type Manifest = Readonly<Record<string, unknown>>;

type Judge = (was: string | undefined, is: string | undefined, field: string) => Level;

/** A file that users load. */
const ofTarget: Judge = (was, is) => (is === undefined ? 'major' : was === undefined ? 'minor' : 'patch');

/** A range that accepts fewer versions is breaking, and so is one that cannot be parsed. */
const ofRange: Judge = (was, is, field) => {
  if (is === undefined) return field === 'engines' ? 'minor' : 'patch';
  if (was === undefined || validRange(was) === null || validRange(is) === null) return 'major';
  // Users see the types and behaviour of dependencies through `raw`, so another major version of one is a major change here.
  if (field === 'dependencies') return subset(is, `^${minVersion(was)?.version}`) ? 'patch' : 'major';
  return !subset(was, is) ? 'major' : subset(is, was) ? 'patch' : 'minor';
};

/** The fields that affect users. All others only matter in this repository. */
const judges: readonly (readonly [judge: Judge, ...fields: string[]])[] = [
  [ofTarget, 'exports', 'imports', 'main', 'types', 'bin'],
  [ofRange, 'engines', 'dependencies', 'peerDependencies'],
  [() => 'major', 'cpu', 'libc', 'name', 'os', 'peerDependenciesMeta', 'sideEffects', 'type'],
  [() => 'patch', 'description', 'files', 'homepage', 'keywords', 'license', 'repository'],
];

/** The changes that affect users of the package. publint and attw check that the files are right. */
export function compareManifests(before: Manifest, now: Manifest): Finding[] {
  return judges.flatMap(([judge, ...fields]) =>
    fields.flatMap((field) => {
      const [old, fresh] = [valuesOf(before[field], field), valuesOf(now[field], field)];
      const changed = [...new Map([...old, ...fresh]).keys()].filter((at) => old.get(at) !== fresh.get(at));
      const findings = changed.map((at): Finding => {
        const [was, is] = [old.get(at), fresh.get(at)];
        const what = `was ${was ?? 'absent'}, is ${is ?? 'absent'}`;
        return { level: judge(was, is, field), where: `package.json ${at}`, what };
      });
      // The first matching condition decides, so the order matters.
      const order = [...fresh.keys()].filter((at) => old.has(at)).join(', ');
      const isSameOrder = judge !== ofTarget || order === [...old.keys()].filter((at) => fresh.has(at)).join(', ');
      if (isSameOrder) return findings;
      return [...findings, { level: 'major', where: `package.json ${field}`, what: 'is in another order' }];
    }),
  );
}

/** The values of a field by key and condition. `null` means no target, and `default` adds no condition. */
function valuesOf(value: unknown, where: string): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isObject(value)) return new Map([[where, String(value)]]);
  const inside = Object.entries(value);
  return new Map(inside.flatMap(([key, each]) => [...valuesOf(each, key === 'default' ? where : `${where} ${key}`)]));
}
