import { join } from 'node:path';
import ts from 'typescript';
import { entryFilesOf, exportsOf, moduleAt } from '../generate/api/sources.js';
import { programOf } from '../lib/compile.js';
import { type Finding, highest } from './finding.js';
import type { Manifest } from './manifest.js';
import { isGenerated } from './members.js';
import { typeComparison } from './types.js';

interface Surfaces {
  readonly root: string;
  /** Current files that replace those on the disk, by their whole paths. */
  readonly instead: ReadonlyMap<string, string>;
  /** The files of the release, by their paths in the project. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Compiles both surfaces as one program, the old one as if it were in a folder of the project, and compares their exports. */
export function compareSurfaces(
  { root, instead, sources }: Surfaces,
  [before, now]: readonly [Manifest, Manifest],
): Finding[] {
  const oldRoot = join(root, '.release');
  const [old, fresh] = [entryFilesOf(before, oldRoot), entryFilesOf(now, root)];
  const all = new Map([...instead, ...[...sources].map(([file, text]) => [join(oldRoot, file), text] as const)]);
  const options = { types: ['node'], exactOptionalPropertyTypes: true };
  const program = programOf(new Map(), { root, instead: all, files: [...old.values(), ...fresh.values()], options });
  return compareExports(program, old, fresh);
}

/** The source file of each entry point, by the name that it is imported by. */
type Entries = ReadonlyMap<string, string>;

/** Compares what two surfaces in a program export. Entry points that came or went are reported with package.json. */
export function compareExports(program: ts.Program, old: Entries, fresh: Entries): Finding[] {
  const checker = program.getTypeChecker();
  const { compare, report, isReached, findings } = typeComparison(checker);
  const pairs = [...old].map(([entry, file]) => [entry, file, fresh.get(entry) ?? file] as const);
  for (const [where, ...files] of pairs) {
    const [was, is] = files.map((file) => checker.getTypeOfSymbol(moduleAt(file, program)));
    if (was && is) compare(was, is, { where, way: 'out' });
  }
  for (const [entry, ...files] of pairs) {
    const [before, now] = files.map((file) => typesOf(exportsOf(file, program))) as [Exports, Exports];
    for (const [name, type] of new Map([...before, ...now])) {
      const [was, is] = [before.get(name), now.get(name)];
      const place = { where: `${entry}.${name}`, way: 'out', isGenerated: isGenerated(type) } as const;
      if (!was) report('minor', place, 'is new');
      else if (!is) report('major', place, 'is gone');
      else if (!isReached(checker.getDeclaredTypeOfSymbol(was))) {
        // A type that no value leads to goes both ways.
        const types = [checker.getDeclaredTypeOfSymbol(was), checker.getDeclaredTypeOfSymbol(is)] as const;
        compare(...types, { ...place, where: name, way: 'in' });
        compare(...types, { ...place, where: name });
      }
    }
  }
  return worstOf(findings);
}

type Exports = ReadonlyMap<string, ts.Symbol>;

/** Values are members of the module; these are types alone. */
const typesOf = (exports: ReadonlyMap<string, ts.Symbol>): Exports =>
  new Map([...exports].filter(([, { flags }]) => !(flags & ts.SymbolFlags.Value)));

/** Of each place only the worst findings, each once. */
function worstOf(findings: readonly Finding[]): Finding[] {
  const worst = findings.filter(
    ({ where, level }) => level === highest(findings.filter((other) => other.where === where)),
  );
  return [...new Map(worst.map((finding) => [`${finding.where} ${finding.what}`, finding])).values()];
}
