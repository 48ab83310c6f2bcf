import { join } from 'node:path';
import { programOf } from '../lib/compile.js';
import { entryFilesOf, exportsOf, moduleAt } from '../lib/exports.js';
import ts from '../lib/typescript.cjs';
import { type Finding, highest } from './finding.js';
import type { Manifest } from './manifest.js';
import { isGenerated } from './members.js';
import { typeComparison } from './types.js';

/** One side of the comparison: its package.json, and its files by their path in the project. */
type Surface = readonly [manifest: Manifest, files: ReadonlyMap<string, string>];

/** Compiles both sides as one program, the old one as if it were in a folder of the project, and compares their exports. */
export function compareSurfaces(root: string, before: Surface, now: Surface): Finding[] {
  const filesIn = ([, files]: Surface, folder: string) =>
    [...files].map(([file, text]) => [join(folder, file), text] as const);
  const oldRoot = join(root, '.release');
  const [old, fresh] = [entryFilesOf(before[0], oldRoot), entryFilesOf(now[0], root)];
  const instead = new Map([...filesIn(before, oldRoot), ...filesIn(now, root)]);
  const options = { types: ['node'], exactOptionalPropertyTypes: true };
  const program = programOf(new Map(), { root, instead, files: [...old.values(), ...fresh.values()], options });
  return compareExports(program, old, fresh);
}

/** Compares the exports of both sides of a program. New and removed entry points are reported with package.json. */
export function compareExports(program: ts.Program, old: Map<string, string>, fresh: Map<string, string>): Finding[] {
  const checker = program.getTypeChecker();
  const { compare, report, isReached, findings } = typeComparison(checker);
  // These are only types. Values are members of the module.
  const typesOf = (file: string) =>
    new Map([...exportsOf(file, program)].filter(([, { flags }]) => !(flags & ts.SymbolFlags.Value)));
  const typeOf = (file: string) => checker.getTypeOfSymbol(moduleAt(file, program));
  const pairs = [...old].map(([entry, file]) => [entry, file, fresh.get(entry) ?? file] as const);
  for (const [where, before, now] of pairs) compare(typeOf(before), typeOf(now), { where, way: 'out' });
  for (const [entry, before, now] of pairs) {
    const [types, newTypes] = [typesOf(before), typesOf(now)];
    for (const [name, type] of new Map([...types, ...newTypes])) {
      const place = { where: `${entry}.${name}`, way: 'out', isGenerated: isGenerated(type) } as const;
      const [was, is] = [types.get(name), newTypes.get(name)].map(
        (each) => each && checker.getDeclaredTypeOfSymbol(each),
      );
      if (!was) report('minor', place, 'is new');
      else if (!is) report('major', place, 'is gone');
      // A type that no value refers to can be both passed and received.
      else if (!isReached(was))
        for (const way of ['in', 'out'] as const) compare(was, is, { ...place, where: name, way });
    }
  }
  return worstOf(findings);
}

/** Only the worst findings for each place, without duplicates. */
function worstOf(findings: readonly Finding[]): Finding[] {
  const isWorst = ({ where, level }: Finding) => level === highest(findings.filter((each) => each.where === where));
  return [...new Map(findings.filter(isWorst).map((each) => [`${each.where} ${each.what}`, each])).values()];
}
