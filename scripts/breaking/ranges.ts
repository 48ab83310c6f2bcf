import { minVersion, subset, validRange } from 'semver';
import type { Finding, Level } from './finding.js';
import type { Manifest } from './manifest.js';

type Ranges = Readonly<Record<string, string>>;

/** What runs the package. One that is not named may be of any version. */
export function* compareEngines(before: Ranges = {}, now: Ranges = {}): Generator<Finding> {
  for (const engine of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [was = '*', is = '*'] = [before[engine], now[engine]];
    yield* compareRange(`package.json engines.${engine}`, was, is, 'some that could run it no longer can');
  }
}

/** What those who install the package have to bring. */
export function* comparePeers(before: Manifest, now: Manifest): Generator<Finding> {
  const [old, fresh] = [before.peerDependencies ?? {}, now.peerDependencies ?? {}];
  for (const [name, range] of Object.entries(fresh)) {
    const where = `package.json peerDependencies.${name}`;
    const was = old[name];
    const [wasOptional, isOptional] = [before, now].map((each) => each.peerDependenciesMeta?.[name]?.optional === true);
    if (was === undefined) {
      yield {
        level: isOptional ? 'minor' : 'major',
        where,
        what: `is new${isOptional ? ' and optional' : ''} (${range})`,
      };
      continue;
    }
    if (wasOptional && !isOptional) yield { level: 'major', where, what: 'is now required' };
    if (!wasOptional && isOptional) yield { level: 'minor', where, what: 'is now optional' };
    yield* compareRange(where, was, range, 'some that fitted no longer do');
  }
  for (const name of Object.keys(old)) {
    if (!(name in fresh)) yield { level: 'patch', where: `package.json peerDependencies.${name}`, what: 'is gone' };
  }
}

/** A range that takes less is breaking; so is one that cannot be read. */
function* compareRange(where: string, was: string, is: string, trouble: string): Generator<Finding> {
  if (was === is) return;
  const what = `was ${was}, is ${is}`;
  if (validRange(was) === null || validRange(is) === null) yield { level: 'major', where, what };
  else if (!subset(was, is)) yield { level: 'major', where, what: `${what}: ${trouble}` };
  else yield { level: subset(is, was) ? 'patch' : 'minor', where, what };
}

/** What is installed with the package. Types and behaviour of it reach through `raw`, so another major of it is one of this package. */
export function* compareDependencies(before: Ranges = {}, now: Ranges = {}): Generator<Finding> {
  for (const [name, range] of Object.entries(now)) {
    const was = before[name];
    const where = `package.json dependencies.${name}`;
    if (was === undefined) yield { level: 'major', where, what: `is new (${range})` };
    else if (was !== range) yield { level: levelOfStep(was, range), where, what: `was ${was}, is ${range}` };
  }
  for (const name of Object.keys(before)) {
    if (!(name in now)) yield { level: 'patch', where: `package.json dependencies.${name}`, what: 'is gone' };
  }
}

/** All that is taken now is compatible with the least that was: below 1.0.0 the second number is the one that may break. */
function levelOfStep(was: string, is: string): Level {
  const least = validRange(was) && minVersion(was);
  return least && validRange(is) && subset(is, `^${least.version}`) ? 'patch' : 'major';
}
