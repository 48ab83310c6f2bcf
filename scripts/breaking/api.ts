import ts from 'typescript';
import { type ApiReport, parseReport, type Reported } from '../generate/api/report.js';
import { compareDeclarations } from './declarations.js';
import { type Declarations, directionsOf } from './directions.js';
import type { Finding } from './finding.js';

/** What changed for those who import the package, from its api.md at a release to that of now. */
export function compareApi(before: string, now: string): Finding[] {
  const [old, fresh] = [parseReport(before), parseReport(now)];
  const [oldNames, freshNames] = [declarationsOf(old), declarationsOf(fresh)];
  const [oldWays, freshWays] = [directionsOf(oldNames, exportsOf(old)), directionsOf(freshNames, exportsOf(fresh))];

  const findings = [...compareExports(old, fresh)];
  for (const [name, nodes] of oldNames) {
    const now = freshNames.get(name);
    if (!now) continue;
    const way = (key: string) => {
      const [a, b] = [oldWays.get(key), freshWays.get(key)];
      return a && b && a !== b ? 'both' : (a ?? b);
    };
    findings.push(
      ...compareDeclarations(nodes, now, { name, where: placeOf(name, old), way, declarations: freshNames }),
    );
  }
  return findings;
}

/** Exports that came or went, or became less or more. A type that only signatures need shows in these. */
function* compareExports(old: ApiReport, fresh: ApiReport): Generator<Finding> {
  for (const [entry, exports] of old.entries) {
    const now = fresh.entries.get(entry);
    if (!now) yield { level: 'major', where: entry, what: 'is no entry point any more' };
    else {
      for (const [name, was] of exports) {
        const is = now.get(name);
        const where = `${entry}: ${name}`;
        if (!is) yield { level: 'major', where, what: 'is not exported any more' };
        else if (!was.typeOnly && is.typeOnly)
          yield {
            level: 'major',
            where,
            what: 'is exported as a type only, so that nobody can call, make or extend it',
          };
        else if (was.typeOnly && !is.typeOnly) yield { level: 'minor', where, what: 'is now exported as a value too' };
      }
    }
  }
  for (const [entry, exports] of fresh.entries) {
    const before = old.entries.get(entry);
    if (!before) yield { level: 'minor', where: entry, what: 'is a new entry point' };
    else {
      for (const name of exports.keys()) {
        if (!before.has(name)) yield { level: 'minor', where: `${entry}: ${name}`, what: 'is new' };
      }
    }
  }
}

/** All that a report declares. A name means the same in every entry point; the contract's schemas have names of their own. */
function declarationsOf({ entries, reached, schemas }: ApiReport): Declarations {
  const texts = new Map([...[...entries.values()].flatMap((exports) => [...exports]), ...reached]);
  for (const [name, schema] of schemas) texts.set(`Schemas['${name}']`, schema);
  return new Map([...texts].map(([name, reported]) => [name, parse(reported)]));
}

const parse = ({ text }: Reported) => ts.createSourceFile('api.d.ts', text, ts.ScriptTarget.ES2022, true).statements;

const exportsOf = ({ entries }: ApiReport) => [...entries.values()].flatMap((exports) => [...exports.keys()]);

function placeOf(name: string, { entries }: ApiReport): string {
  const at = [...entries].filter(([, exports]) => exports.has(name)).map(([entry]) => entry);
  if (at.length > 0) return `${at.join(', ')}: ${name}`;
  return name;
}
