import ts from 'typescript';
import { exportsOf, moduleAt } from '../generate/api/sources.js';
import type { Finding } from './finding.js';
import { isGenerated, type Place } from './members.js';
import { typeComparison } from './types.js';

/** The source file of each entry point, by the name that it is imported by. */
type Entries = ReadonlyMap<string, string>;

/**
 * Compares what two surfaces in a program export. Entry points that came or went are reported with package.json.
 *
 * @param contractNames names that the contract gained or lost, such as event types
 */
export function compareExports(
  program: ts.Program,
  [old, fresh]: readonly [Entries, Entries],
  contractNames: ReadonlySet<string>,
): Finding[] {
  const checker = program.getTypeChecker();
  const { compare, report, isReached, findings } = typeComparison(checker, contractNames);
  const pairs = [...old].flatMap(([entry, file]) => {
    const now = fresh.get(entry);
    return now ? [[entry, file, now] as const] : [];
  });
  for (const [entry, ...files] of pairs) {
    const [was, is] = files.map((file) => checker.getTypeOfSymbol(moduleAt(file, program)));
    if (was && is) compare(was, is, { where: entry, way: 'out', isGenerated: false });
  }
  for (const [entry, ...files] of pairs) {
    const [before, now] = files.map((file) => typesOf(exportsOf(file, program)));
    for (const name of new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])) {
      const [was, is] = [before?.get(name), now?.get(name)];
      const type = is ?? was;
      const place: Place = {
        where: `${entry}.${name}`,
        way: 'out',
        isGenerated: type !== undefined && isGenerated(type),
      };
      if (!was) report('minor', place, 'is new');
      else if (!is) report('major', place, 'is gone');
      else if (!isReached(checker.getDeclaredTypeOfSymbol(was))) {
        // A type that no value leads to goes both ways.
        for (const way of ['in', 'out'] as const) {
          compare(checker.getDeclaredTypeOfSymbol(was), checker.getDeclaredTypeOfSymbol(is), {
            ...place,
            where: name,
            way,
          });
        }
      }
    }
  }
  return findings();
}

/** Values are members of the module; these are types alone. */
const typesOf = (exports: ReadonlyMap<string, ts.Symbol>) =>
  new Map([...exports].filter(([, { flags }]) => !(flags & ts.SymbolFlags.Value)));
