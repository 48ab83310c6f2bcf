import ts from 'typescript';
import { compareAccess, isAbstract, visibilityOf } from './access.js';
import { flip } from './directions.js';
import type { Finding } from './finding.js';
import { isSame, textOf } from './meaning.js';
import { changed, type Place } from './place.js';
import { compareOverloads, mayBeLeftOut } from './signatures.js';
import { compareTypes } from './types.js';

type Member = ts.TypeElement | ts.ClassElement;

/** What changed of the members of a class, an interface or an object. */
export function compareMembers(old: readonly Member[], fresh: readonly Member[], place: Place): Finding[] {
  const [before, now] = [byKey(old), byKey(fresh)];
  const findings: Finding[] = [];
  for (const [key, members] of before) {
    const where = `${place.where}.${key}`;
    const present = now.get(key);
    const picked = place.member?.(key);
    const direction = picked && picked !== place.direction ? 'both' : place.direction;
    if (present) findings.push(...compareMember(members, present, { ...place, where, direction, member: undefined }));
    else findings.push({ level: isClosed(members) ? 'minor' : 'major', where, what: 'is gone' });
  }
  for (const [key, members] of now) {
    if (before.has(key)) continue;
    const trouble = troubleOf(members, place);
    const what = `is new${trouble ? ` and ${trouble}` : ''}`;
    findings.push({ level: trouble ? 'major' : 'minor', where: `${place.where}.${key}`, what });
  }
  return findings;
}

/** By name; a static member apart, a constructor and signatures without a name by their kind. */
function byKey(members: readonly Member[]): Map<string, Member[]> {
  const found = new Map<string, Member[]>();
  for (const member of members) {
    const name = member.name
      ? textOf(member.name).replace(/^'(.*)'$/, '$1')
      : (nameless[member.kind] ?? ts.SyntaxKind[member.kind]);
    const key = hasFlag(member, ts.ModifierFlags.Static) ? `static ${name}` : name;
    found.set(key, [...(found.get(key) ?? []), member]);
  }
  return found;
}

const nameless: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.Constructor]: 'constructor',
  [ts.SyntaxKind.IndexSignature]: '[index]',
  [ts.SyntaxKind.CallSignature]: '()',
  [ts.SyntaxKind.ConstructSignature]: 'new()',
};

/** A constructor that nobody could call: without it, that of the base holds, or one that takes nothing. */
const isClosed = (members: readonly Member[]) => members.every((member) => visibilityOf(member) === 'private');

/** Why a new member breaks somebody; undefined if it does not. */
function troubleOf([member]: readonly Member[], { direction }: Place): string | undefined {
  if (!member) return undefined;
  if (ts.isConstructorDeclaration(member)) {
    const visibility = visibilityOf(member);
    if (visibility !== 'public') return `${visibility}, so that \`new\` is refused`;
    return member.parameters.every(mayBeLeftOut) ? undefined : 'asks for more than that of the base may have done';
  }
  if (ts.isClassElement(member)) return isAbstract(member) ? 'abstract, which classes that extend it lack' : undefined;
  if (isOptional(member) || direction === 'out') return undefined;
  return 'required, so that what was given before is refused';
}

function compareMember(old: readonly Member[], fresh: readonly Member[], place: Place): Finding[] {
  if (isSame(old, fresh)) return [];
  const [a, b] = [old[0], fresh[0]];
  if (!a || !b) return changed(old, fresh, place);
  const both = [...compareAccess(a, b, place), ...compareOptional(a, b, place)];
  const [was, is] = [signaturesOf(old), signaturesOf(fresh)];
  if (was && is) return [...both, ...compareOverloads(was, is, place)];
  const [held, holds] = [heldBy(old), heldBy(fresh)];
  if (!held || !holds || held.isAccessor !== holds.isAccessor) return changed(old, fresh, place);
  return [
    ...both,
    ...compareWritable(held.writes !== undefined, holds.writes !== undefined, place),
    ...(held.reads && holds.reads ? compareTypes(held.reads, holds.reads, place) : []),
    ...(held.isAccessor && held.writes && holds.writes
      ? compareTypes(held.writes, holds.writes, { ...place, direction: flip(place.direction) })
      : []),
  ];
}

/** The signatures of what is called. */
function signaturesOf(members: readonly Member[]): ts.SignatureDeclaration[] | undefined {
  const found = members.filter((member): member is Member & ts.SignatureDeclaration => ts.isFunctionLike(member));
  const isCalled = found.every((each) => !ts.isAccessor(each) && !ts.isIndexSignatureDeclaration(each));
  return isCalled && found.length === members.length ? found : undefined;
}

interface Value {
  readonly isAccessor: boolean;
  readonly reads: ts.TypeNode | undefined;
  readonly writes: ts.TypeNode | undefined;
}

/** A property, or a getter and its setter. */
function heldBy(members: readonly Member[]): Value | undefined {
  const [member] = members;
  if (!member) return undefined;
  if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
    const { type } = member;
    return type && { isAccessor: false, reads: type, writes: isReadonly(member) ? undefined : type };
  }
  if (!members.every(ts.isAccessor)) return undefined;
  return {
    isAccessor: true,
    reads: members.find(ts.isGetAccessor)?.type,
    writes: members.find(ts.isSetAccessor)?.parameters[0]?.type,
  };
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
function compareWritable(was: boolean, is: boolean, { where, direction }: Place): Finding[] {
  if (was === is) return [];
  if (is) return [{ level: 'minor', where, what: 'may now be written' }];
  return [{ level: direction === 'in' ? 'minor' : 'major', where, what: 'is now readonly' }];
}

const isOptional = (member: Member) => 'questionToken' in member && member.questionToken !== undefined;

const isReadonly = (member: Member) => hasFlag(member, ts.ModifierFlags.Readonly);

const hasFlag = (member: Member, flag: ts.ModifierFlags) => (ts.getCombinedModifierFlags(member) & flag) !== 0;
