import ts from 'typescript';
import { compareAccess } from './access.js';
import type { Declarations, Direction } from './directions.js';
import type { Finding } from './finding.js';
import { isSame, textOf } from './meaning.js';
import { compareMembers } from './members.js';
import { changed, type Place } from './place.js';
import { compareOverloads } from './signatures.js';
import { compareTypeParameters } from './type-parameters.js';
import { compareTypes } from './types.js';

export interface DeclarationPlace {
  readonly name: string;
  readonly where: string;
  /** The direction of the declaration, or of one member of it; undefined where no export gives or takes it. */
  way(key: string): Direction | undefined;
  readonly declarations: Declarations;
}

/** What changed of one name. What cannot be shown to be compatible counts as breaking, and says so. */
export function compareDeclarations(
  before: readonly ts.Statement[],
  now: readonly ts.Statement[],
  { name, where, way, declarations }: DeclarationPlace,
): Finding[] {
  if (isSame(before, now)) return [];
  const direction = way(name) ?? 'both';
  const place: Place = { where, direction, declarations, member: (member) => way(`${name}.${member}`) };
  const called: Place = { ...place, direction: 'out' };
  if (areFunctions(before) && areFunctions(now)) return compareOverloads(before, now, called);

  const [old, fresh] = [before[0], now[0]];
  if (!old || !fresh || before.length > 1 || now.length > 1) return changed(before, now, place);
  if (ts.isVariableStatement(old) && ts.isVariableStatement(fresh)) return compareConstants(old, fresh, called);
  if (ts.isTypeAliasDeclaration(old) && ts.isTypeAliasDeclaration(fresh)) {
    return [...compareArguments(old, fresh, place), ...compareTypes(old.type, fresh.type, place)];
  }
  const bothInterfaces = ts.isInterfaceDeclaration(old) && ts.isInterfaceDeclaration(fresh);
  const bothClasses = ts.isClassDeclaration(old) && ts.isClassDeclaration(fresh);
  if (!bothInterfaces && !bothClasses) return changed(old, fresh, place);
  return [
    ...compareAccess(old, fresh, place),
    ...compareArguments(old, fresh, place),
    ...compareHeritage(old.heritageClauses ?? [], fresh.heritageClauses ?? [], place),
    ...compareMembers(old.members, fresh.members, place),
  ];
}

const areFunctions = (nodes: readonly ts.Statement[]): nodes is ts.FunctionDeclaration[] =>
  nodes.every(ts.isFunctionDeclaration);

type Generic = ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.ClassDeclaration;

/** Those who name a generic type give its arguments. */
const compareArguments = (old: Generic, fresh: Generic, place: Place) =>
  compareTypeParameters(old.typeParameters, fresh.typeParameters, { ...place, direction: 'in' });

/** A list may get longer: who reads it has to expect that. */
function compareConstants(old: ts.VariableStatement, fresh: ts.VariableStatement, place: Place): Finding[] {
  const [a, b] = [old, fresh].map((node) => node.declarationList.declarations[0]?.type);
  if (!a || !b) return changed(old, fresh, place);
  const [before, now] = [valuesOf(a), valuesOf(b)];
  if (!before || !now) return compareTypes(a, b, place);
  const { where } = place;
  const gone = before.filter((value) => !now.includes(value));
  const added = now.filter((value) => !before.includes(value));
  if (gone.length === 0 && added.length === 0) return [{ level: 'patch', where, what: 'has another order' }];
  return [
    ...gone.map((value): Finding => ({ level: 'major', where, what: `no longer holds ${value}` })),
    ...added.map((value): Finding => ({ level: 'minor', where, what: `also holds ${value}` })),
  ];
}

function valuesOf(type: ts.TypeNode): string[] | undefined {
  if (!ts.isTypeOperatorNode(type) || !ts.isTupleTypeNode(type.type)) return undefined;
  return type.type.elements.map(textOf);
}

type Clauses = readonly ts.HeritageClause[];

function compareHeritage(old: Clauses, fresh: Clauses, { where, direction }: Place): Finding[] {
  if (isSame(old, fresh)) return [];
  const [before, now] = [textOf(old), textOf(fresh)];
  if (before === '' && direction === 'out') return [{ level: 'minor', where, what: `now ${now}` }];
  const what = `${before || 'extends nothing'} → ${now || 'extends nothing'}: what it inherits may differ`;
  return [{ level: 'major', where, what }];
}
