import { diff, minVersion, subset } from 'semver';
import type { Finding } from './finding.js';

interface Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What changed for those who install the package. */
export function compareManifests(before: Manifest, now: Manifest): Finding[] {
  return [
    ...compareEntryPoints(before.exports ?? {}, now.exports ?? {}),
    ...compareEngines(before.engines ?? {}, now.engines ?? {}),
    ...compareDependencies('dependencies', before, now),
    ...compareDependencies('peerDependencies', before, now),
  ];
}

function* compareEntryPoints(before: object, now: object): Generator<Finding> {
  for (const path of Object.keys(before)) {
    if (!(path in now)) yield { level: 'major', where: `package.json exports ${path}`, what: 'is gone' };
  }
  for (const path of Object.keys(now)) {
    if (!(path in before)) yield { level: 'minor', where: `package.json exports ${path}`, what: 'is new' };
  }
}

function* compareEngines(before: Record<string, string>, now: Record<string, string>): Generator<Finding> {
  for (const [engine, range] of Object.entries(now)) {
    const was = before[engine] ?? '*';
    if (was === range) continue;
    const where = `package.json engines.${engine}`;
    const what = `was ${was}, is ${range}`;
    yield subset(was, range)
      ? { level: 'minor', where, what }
      : { level: 'major', where, what: `${what}: some that could run it no longer can` };
  }
}

/** Types and behaviour of a dependency reach through `raw`, so another major of it is one of this package. */
function* compareDependencies(
  kind: 'dependencies' | 'peerDependencies',
  { [kind]: before = {} }: Manifest,
  { [kind]: now = {} }: Manifest,
): Generator<Finding> {
  for (const [name, range] of Object.entries(now)) {
    const was = before[name];
    const where = `package.json ${kind}.${name}`;
    if (was === undefined) yield { level: 'major', where, what: `is new (${range})` };
    else if (was !== range)
      yield { level: isNewMajor(was, range) ? 'major' : 'patch', where, what: `was ${was}, is ${range}` };
  }
  for (const name of Object.keys(before)) {
    if (!(name in now)) yield { level: 'patch', where: `package.json ${kind}.${name}`, what: 'is gone' };
  }
}

/** Below 1.0.0 the second number is the one that may break. */
function isNewMajor(was: string, is: string): boolean {
  const [a, b] = [minVersion(was), minVersion(is)];
  if (!a || !b) return true;
  const step = diff(a, b);
  return step === 'major' || step === 'premajor' || (a.major === 0 && step !== 'patch' && step !== null);
}
