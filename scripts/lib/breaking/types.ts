import ts from 'typescript';
import { type Declarations, type Direction, flip, isOpen } from './directions.js';
import type { Finding } from './finding.js';

/** Where a type stands, and which way its values go there. */
export interface Place {
  readonly where: string;
  readonly direction: Direction;
  readonly declarations: Declarations;
  /** The direction of a member that is used without the whole. */
  readonly member?: ((name: string) => Direction | undefined) | undefined;
}

const printer = ts.createPrinter({ removeComments: true });

/** A node as it is compared: layout, comments and kinds of quotes say nothing. */
export function textOf(node: ts.Node | readonly ts.Node[]): string {
  if (!('kind' in node)) return node.map(textOf).join(' ');
  return printer
    .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
    .replace(/"/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** For what cannot be told to be compatible. */
export function changed(old: ts.Node, fresh: ts.Node, { where }: Place): Finding[] {
  return [{ level: 'major', where, what: `was \`${textOf(old)}\`, is \`${textOf(fresh)}\`` }];
}

/** What is taken may get wider, what is given narrower; the reverse breaks those who give, or read. */
export function compareTypes(old: ts.TypeNode, fresh: ts.TypeNode, place: Place): Finding[] {
  if (textOf(old) === textOf(fresh)) return [];
  if (ts.isParenthesizedTypeNode(old) && ts.isParenthesizedTypeNode(fresh)) {
    return compareTypes(old.type, fresh.type, place);
  }
  if (ts.isUnionTypeNode(old) || ts.isUnionTypeNode(fresh)) return compareUnions(old, fresh, place);
  if (ts.isTypeLiteralNode(old) && ts.isTypeLiteralNode(fresh)) {
    return compareMembers(old.members, fresh.members, { ...place, member: undefined });
  }
  if (ts.isFunctionTypeNode(old) && ts.isFunctionTypeNode(fresh)) return compareSignatures(old, fresh, place);
  if (ts.isArrayTypeNode(old) && ts.isArrayTypeNode(fresh)) {
    return compareTypes(old.elementType, fresh.elementType, { ...place, where: `${place.where}[]` });
  }
  if (ts.isTypeOperatorNode(old) && ts.isTypeOperatorNode(fresh) && old.operator === fresh.operator) {
    return isList(old) && isList(fresh) ? compareTypes(old.type, fresh.type, place) : changed(old, fresh, place);
  }
  if (ts.isTypeReferenceNode(old) && ts.isTypeReferenceNode(fresh) && isPromise(old) && isPromise(fresh)) {
    const [a, b] = [old.typeArguments?.[0], fresh.typeArguments?.[0]];
    if (a && b) return compareTypes(a, b, place);
  }
  return changed(old, fresh, place);
}

const isList = (node: ts.TypeOperatorNode) => ts.isArrayTypeNode(node.type);

const isPromise = (node: ts.TypeReferenceNode) => node.typeName.getText() === 'Promise';

function compareUnions(old: ts.TypeNode, fresh: ts.TypeNode, place: Place): Finding[] {
  const [before, now] = [armsOf(old), armsOf(fresh)];
  const gone = before.filter((arm) => !now.includes(arm));
  const added = now.filter((arm) => !before.includes(arm));
  // One for one is no widening.
  if (gone.length > 0 && added.length > 0) return changed(old, fresh, place);
  const open = [old, fresh].every((node) => ts.isUnionTypeNode(node) && isOpen(node, place.declarations));
  const direction = open ? 'in' : place.direction;
  const { where } = place;
  return [
    ...gone.map(
      (arm): Finding =>
        direction === 'in'
          ? { level: 'major', where, what: `no longer takes ${arm}` }
          : direction === 'out' && nothing.includes(arm)
            ? { level: 'minor', where, what: `is never ${arm} any more` }
            : { level: 'major', where, what: `is never ${arm} any more, which those who test for it cannot compile` },
    ),
    ...added.map(
      (arm): Finding =>
        direction === 'in'
          ? { level: 'minor', where, what: `also takes ${arm}` }
          : { level: 'major', where, what: `can also be ${arm}, which those who read it do not expect` },
    ),
  ];
}

/** What code may still test for when it never comes. */
const nothing = ['null', 'undefined'];

function armsOf(node: ts.TypeNode): string[] {
  return ts.isUnionTypeNode(node) ? node.types.flatMap(armsOf) : [textOf(node)];
}

type Member = ts.TypeElement | ts.ClassElement;

export function compareMembers(old: readonly Member[], fresh: readonly Member[], place: Place): Finding[] {
  const [before, now] = [byKey(old), byKey(fresh)];
  const findings: Finding[] = [];
  for (const [key, members] of before) {
    const where = `${place.where}.${key}`;
    const present = now.get(key);
    const picked = place.member?.(key);
    const direction = picked && picked !== place.direction ? 'both' : place.direction;
    if (!present) findings.push({ level: 'major', where, what: 'is gone' });
    else findings.push(...compareMember(members, present, { ...place, where, direction, member: undefined }));
  }
  for (const [key, [member]] of now) {
    if (before.has(key) || !member) continue;
    const where = `${place.where}.${key}`;
    const harmless = isOptional(member) || ts.isClassElement(member) || place.direction === 'out';
    const what = harmless ? 'is new' : 'is new and required, so that what was given before is refused';
    findings.push({ level: harmless ? 'minor' : 'major', where, what });
  }
  return findings;
}

/** By name; a static member apart, a constructor and signatures without a name by their kind. */
function byKey(members: readonly Member[]): Map<string, Member[]> {
  const found = new Map<string, Member[]>();
  for (const member of members) {
    const isStatic =
      ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    const name = member.name
      ? textOf(member.name).replace(/^'(.*)'$/, '$1')
      : (nameless[member.kind] ?? ts.SyntaxKind[member.kind]);
    const key = isStatic ? `static ${name}` : name;
    found.set(key, [...(found.get(key) ?? []), member]);
  }
  return found;
}

const nameless: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.Constructor]: 'constructor',
  [ts.SyntaxKind.IndexSignature]: '[index]',
  [ts.SyntaxKind.CallSignature]: '()',
};

function compareMember(old: readonly Member[], fresh: readonly Member[], place: Place): Finding[] {
  if (textOf(old) === textOf(fresh)) return [];
  const [a, b] = [old[0], fresh[0]];
  if (!a || !b || old.length > 1 || fresh.length > 1 || a.kind !== b.kind) {
    const what = `was \`${textOf(old)}\`, is \`${textOf(fresh)}\``;
    return [{ level: 'major', where: place.where, what }];
  }
  if (ts.isFunctionLike(a) && ts.isFunctionLike(b) && !ts.isIndexSignatureDeclaration(a)) {
    return [...compareOptional(a, b, place), ...compareSignatures(a, b, place)];
  }
  const isProperty = (node: ts.Node) => ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
  if (!isProperty(a) || !isProperty(b) || !a.type || !b.type) return changed(a, b, place);
  return [...compareOptional(a, b, place), ...compareReadonly(a, b, place), ...compareTypes(a.type, b.type, place)];
}

function compareOptional(old: Member, fresh: Member, { where, direction }: Place): Finding[] {
  const [was, is] = [isOptional(old), isOptional(fresh)];
  if (was === is) return [];
  const harmless = direction === (is ? 'in' : 'out');
  const what = is
    ? `may now be absent${harmless ? '' : ', which those who read it do not expect'}`
    : harmless
      ? 'is now always there'
      : 'is now required, so that what was given before is refused';
  return [{ level: harmless ? 'minor' : 'major', where, what }];
}

/** TypeScript lets a value with a readonly property pass where a plain one is asked for: only who writes to it notices. */
function compareReadonly(old: Member, fresh: Member, { where, direction }: Place): Finding[] {
  const [was, is] = [old, fresh].map(
    (member) => (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly) !== 0,
  );
  if (was === is) return [];
  if (!is) return [{ level: 'minor', where, what: 'may now be written' }];
  return [{ level: direction === 'in' ? 'minor' : 'major', where, what: 'is now readonly' }];
}

const isOptional = (member: Member) => 'questionToken' in member && member.questionToken !== undefined;

/** A function that users call, if its direction is `out`; one that they give, if it is `in`. Names of parameters say nothing. */
export function compareSignatures(
  old: ts.SignatureDeclaration,
  fresh: ts.SignatureDeclaration,
  place: Place,
): Finding[] {
  const { where } = place;
  if (textOf(old.typeParameters ?? []) !== textOf(fresh.typeParameters ?? [])) return changed(old, fresh, place);
  const findings: Finding[] = [];
  const parameters = { ...place, direction: flip(place.direction) };
  for (const [index, a] of old.parameters.entries()) {
    const b = fresh.parameters[index];
    const name = textOf((b ?? a).name);
    const at = { ...parameters, where: `${where}(${name})` };
    if (!b) {
      findings.push({ level: 'major', where, what: `no longer has the parameter ${name}` });
      continue;
    }
    if (mayBeLeftOut(a) && !mayBeLeftOut(b)) {
      findings.push(
        place.direction === 'in'
          ? { level: 'minor', where: at.where, what: 'is now always there' }
          : { level: 'major', where: at.where, what: 'can no longer be left out' },
      );
    } else if (!mayBeLeftOut(a) && mayBeLeftOut(b)) {
      findings.push(
        place.direction === 'out'
          ? { level: 'minor', where: at.where, what: 'may now be left out' }
          : { level: 'major', where: at.where, what: 'may now be absent' },
      );
    }
    if ((a.dotDotDotToken === undefined) !== (b.dotDotDotToken === undefined)) findings.push(...changed(a, b, at));
    else if (a.type && b.type) findings.push(...compareTypes(a.type, b.type, at));
  }
  for (const added of fresh.parameters.slice(old.parameters.length)) {
    // A function that ignores what it is given beyond its parameters fits as before.
    const harmless = mayBeLeftOut(added) || place.direction === 'in';
    const what = `has the new parameter \`${textOf(added)}\`${harmless ? '' : ', which calls do not give'}`;
    findings.push({ level: harmless ? 'minor' : 'major', where, what });
  }
  if (old.type && fresh.type) findings.push(...compareTypes(old.type, fresh.type, { ...place, where: `${where}()` }));
  return findings;
}

const mayBeLeftOut = (parameter: ts.ParameterDeclaration) =>
  parameter.questionToken !== undefined || parameter.dotDotDotToken !== undefined;
