import { isObject } from '../lib/json-pointer.js';
import type { Finding, Level } from './finding.js';
import type { Manifest } from './manifest.js';

/** The fields that lead to files, and what it takes if one of their keys goes or comes. */
const fields: readonly { readonly field: string; readonly gone: Level; readonly added: Level }[] = [
  { field: 'exports', gone: 'major', added: 'minor' },
  { field: 'main', gone: 'major', added: 'minor' },
  { field: 'types', gone: 'major', added: 'minor' },
  { field: 'bin', gone: 'major', added: 'minor' },
  // Nobody outside can import these. Which file they choose where is another matter.
  { field: 'imports', gone: 'patch', added: 'patch' },
];

/** What changed of the ways into the package, and of the files that they lead to under each condition. */
export function* compareEntryPoints(before: Manifest, now: Manifest): Generator<Finding> {
  for (const { field, gone, added } of fields) {
    const [old, fresh] = [byKey(field, before), byKey(field, now)];
    for (const [key, target] of old) {
      const where = `package.json ${field}${key && ` ${key}`}`;
      if (fresh.has(key)) yield* compareConditions(where, target, fresh.get(key));
      else yield { level: gone, where, what: 'is gone' };
    }
    for (const key of fresh.keys()) {
      if (!old.has(key)) yield { level: added, where: `package.json ${field}${key && ` ${key}`}`, what: 'is new' };
    }
  }
}

/** What a field holds by its keys. `exports` may also be what `.` leads to; other fields without keys have one that is empty. */
function byKey(field: string, manifest: Manifest): Map<string, unknown> {
  const value = manifest[field];
  if (value === undefined) return new Map();
  if (field === 'exports' && !(isObject(value) && Object.keys(value).every((key) => key.startsWith('.')))) {
    return new Map([['.', value]]);
  }
  return isObject(value) ? new Map(Object.entries(value)) : new Map([['', value]]);
}

function* compareConditions(where: string, before: unknown, now: unknown): Generator<Finding> {
  const [old, fresh] = [targetsOf(before), targetsOf(now)];
  for (const [condition, target] of old) {
    const is = fresh.get(condition);
    const at = `${where} (${condition})`;
    if (is === undefined) yield { level: 'major', where: at, what: 'is gone' };
    else if (is !== target) yield { level: 'patch', where: at, what: `led to ${target}, leads to ${is}` };
  }
  for (const condition of fresh.keys()) {
    if (!old.has(condition)) yield { level: 'minor', where: `${where} (${condition})`, what: 'is new' };
  }
  const [was, is] = [[...old.keys()].filter((key) => fresh.has(key)), [...fresh.keys()].filter((key) => old.has(key))];
  if (was.join() !== is.join()) {
    yield { level: 'major', where, what: 'has its conditions in another order, of which the first that holds counts' };
  }
}

/** Files by the conditions that lead to them. `null` leads nowhere, and a `default` within a condition is that condition. */
function targetsOf(value: unknown, conditions: readonly string[] = []): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (isObject(value)) {
    return new Map(Object.entries(value).flatMap(([key, inner]) => [...targetsOf(inner, [...conditions, key])]));
  }
  const named = conditions.at(-1) === 'default' ? conditions.slice(0, -1) : conditions;
  return new Map([[named.join(' > ') || 'default', typeof value === 'string' ? value : JSON.stringify(value)]]);
}

/** What is packed, and what leads to a file that is not. */
export function* comparePacked(before: Manifest, now: Manifest): Generator<Finding> {
  const missing = new Set(unpacked(before));
  for (const target of unpacked(now)) {
    const what = `does not hold ${target}, which the package leads to: npm leaves it out`;
    if (!missing.has(target)) yield { level: 'major', where: 'package.json files', what };
  }
  const [old, fresh] = [before.files ?? [], now.files ?? []];
  const change = (name: string, what: string): Finding => ({
    level: 'patch',
    where: `package.json files ${name}`,
    what,
  });
  for (const name of old) if (!fresh.includes(name)) yield change(name, 'is gone');
  for (const name of fresh) if (!old.includes(name)) yield change(name, 'is new');
}

function unpacked(manifest: Manifest): string[] {
  const { files } = manifest;
  if (!files) return [];
  const targets = fields.flatMap(({ field }) =>
    [...byKey(field, manifest).values()].flatMap((value) => [...targetsOf(value).values()]),
  );
  return [...new Set(targets)].filter((target) => target !== './package.json' && !isPacked(target, files));
}

/** Whether npm packs a file, by the last of `files` that fits; `!` leaves out. */
function isPacked(target: string, files: readonly string[]): boolean {
  const path = target.replace(/^\.\//, '');
  const last = [...files].reverse().find((entry) => patternOf(entry.replace(/^!/, '')).test(path));
  return last !== undefined && !last.startsWith('!');
}

function patternOf(entry: string): RegExp {
  const source = entry
    .replace(/^\.?\/|\/$/g, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}(?:/.*)?$`);
}
