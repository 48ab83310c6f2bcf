import ts from 'typescript';
import type { Declarations, Direction } from './directions.js';
import type { Finding } from './finding.js';
import { changed, compareMembers, compareSignatures, compareTypes, type Place, textOf } from './types.js';

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
  if (textOf(before) === textOf(now)) return [];
  const [old, fresh] = [before[0], now[0]];
  if (!old || !fresh) return [];
  const direction = way(name) ?? 'both';
  const place: Place = { where, direction, declarations, member: (member) => way(`${name}.${member}`) };

  if (before.length > 1 || now.length > 1) return compareOverloads(before, now, place);
  if (ts.isFunctionDeclaration(old) && ts.isFunctionDeclaration(fresh)) {
    return compareSignatures(old, fresh, { ...place, direction: 'out' });
  }
  if (ts.isVariableStatement(old) && ts.isVariableStatement(fresh)) {
    return compareConstants(old, fresh, { ...place, direction: 'out' });
  }
  if (typeParametersOf(old) !== typeParametersOf(fresh)) return changed(old, fresh, place);
  if (ts.isTypeAliasDeclaration(old) && ts.isTypeAliasDeclaration(fresh)) {
    return compareTypes(old.type, fresh.type, place);
  }
  const bothInterfaces = ts.isInterfaceDeclaration(old) && ts.isInterfaceDeclaration(fresh);
  const bothClasses = ts.isClassDeclaration(old) && ts.isClassDeclaration(fresh);
  if (!bothInterfaces && !bothClasses) return changed(old, fresh, place);
  return [
    ...compareHeritage(textOf(old.heritageClauses ?? []), textOf(fresh.heritageClauses ?? []), place),
    ...compareMembers(old.members, fresh.members, place),
  ];
}

/** An overload more is more to call; whatever else changes may be one that is used. */
function compareOverloads(before: readonly ts.Node[], now: readonly ts.Node[], place: Place): Finding[] {
  const [old, fresh] = [before.map(textOf), now.map(textOf)];
  const gone = old.filter((text) => !fresh.includes(text));
  const added = fresh.filter((text) => !old.includes(text));
  if (gone.length === 0) return added.map((text) => ({ level: 'minor', where: place.where, what: `also is ${text}` }));
  return gone.map((text) => ({ level: 'major', where: place.where, what: `is no longer ${text}` }));
}

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

function compareHeritage(before: string, now: string, { where, direction }: Place): Finding[] {
  if (before === now) return [];
  if (before === '' && direction === 'out') return [{ level: 'minor', where, what: `now ${now}` }];
  const what = `${before || 'extends nothing'} → ${now || 'extends nothing'}: what it inherits may differ`;
  return [{ level: 'major', where, what }];
}

const typeParametersOf = (node: ts.Statement) =>
  textOf((node as ts.Statement & { typeParameters?: ts.NodeArray<ts.Node> }).typeParameters ?? []);
