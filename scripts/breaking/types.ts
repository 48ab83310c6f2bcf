import { inFull } from '../lib/exports.js';
import ts from '../lib/typescript.cjs';
import type { Finding, Level } from './finding.js';
import { isGenerated, isOurs, type Members, membersOf, nameOf, parametersOf } from './members.js';

/** The place where a type is used, and whether users pass its values (`in`) or receive them (`out`). */
export interface Place {
  readonly where: string;
  readonly way: 'in' | 'out';
  readonly isGenerated?: boolean | undefined;
}

/** Compares types by assignability, and the members of our own types one by one, so that findings name places. */
export function typeComparison(checker: ts.TypeChecker) {
  const findings: Finding[] = [];
  const reached = new Set<string | ts.Type>();
  const seen = { in: new Map<ts.Type, Set<ts.Type>>(), out: new Map<ts.Type, Set<ts.Type>>() };
  const format = inFull | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  const textOf = (type: ts.Type) => checker.typeToString(type, undefined, format);

  const report = (level: Level, { way: _, ...place }: Place, what: string) =>
    void findings.push({ level, what, ...place });

  const compare = (old: ts.Type, fresh: ts.Type, place: Place): void => {
    const [a, b] = [constraintOf(old), constraintOf(fresh)];
    const name = nameOf(a);
    reached.add(a).add(name?.name ?? a);
    // The types of `raw` come from the contract, which is compared separately.
    if (a === b || name?.name === 'paths') return;
    const isNamed = name !== undefined && name.name === nameOf(b)?.name;
    const at = isNamed ? { ...place, where: name.name, isGenerated: isGenerated(name) } : place;
    if (isPick(a) && isPick(b) && at.way === 'in') {
      // Users pass an object that they got from the package, so only its required members matter.
      for (const { name } of checker.getPropertiesOfType(b))
        if (!a.getProperty(name)) report('major', at, `now needs ${name}`);
    } else if (a.isUnion() || b.isUnion()) compareUnions(a, b, at);
    // A constant list may grow, like values that users pass.
    else if (checker.isTupleType(a) && checker.isTupleType(b)) compareUnions(a, b, { ...at, way: 'in' });
    else if (isReference(a) && isReference(b) && a.target === b.target) {
      comparePairs(checker.getTypeArguments(a), checker.getTypeArguments(b), at);
    } else if (a.isIntersection() && b.isIntersection() && a.types.length === b.types.length) {
      comparePairs(a.types, b.types, at);
    } else if (isOurs(a) && isOurs(b)) compareObjects(a, b, at);
    else compareByAssignability(a, b, at);
  };

  const comparePairs = (old: readonly ts.Type[], fresh: readonly ts.Type[], place: Place) => {
    for (const [index, was] of old.entries()) compare(was, fresh[index] ?? was, place);
  };

  const compareByAssignability = (old: ts.Type, fresh: ts.Type, place: Place) => {
    const [given, wanted] = place.way === 'out' ? [fresh, old] : [old, fresh];
    const fits = checker.isTypeAssignableTo(given, wanted) && !((old.flags | fresh.flags) & ts.TypeFlags.Any);
    if (fits && checker.isTypeAssignableTo(wanted, given)) return;
    report(fits ? 'minor' : 'major', place, `was \`${textOf(old)}\`, is \`${textOf(fresh)}\``);
  };

  /** Readers of an open list, such as `A | B | UnknownX`, expect new values. Only code that passes one depends on all of it. */
  const compareUnions = (old: ts.Type, fresh: ts.Type, place: Place) => {
    const [before, now] = [armsOf(old), armsOf(fresh)];
    for (const [text, arm] of before) compare(arm, now.get(text) ?? arm, place);
    const gone = [...before].filter(([text]) => !now.has(text));
    const added = [...now].filter(([text]) => !before.has(text));
    if (gone.length === added.length) {
      for (const [index, [, was]] of gone.entries()) compare(was, added[index]?.[1] ?? was, place);
      return;
    }
    const isOpen = [before, now].every((arms) => [...arms.keys()].some((text) => text.startsWith('Unknown')));
    for (const [text, arm] of gone) {
      const isHarmless = place.way === 'out' && !isOpen && isNullish(arm);
      if (!isPart(arm, now)) report(isHarmless ? 'minor' : 'major', place, `is no longer ${text}`);
    }
    for (const [text, arm] of added) {
      const isExpected = place.way === 'in' || isOpen || place.isGenerated;
      if (!isPart(arm, before)) report(isExpected ? 'minor' : 'major', place, `may now be ${text}`);
    }
  };

  /** The members of a union or tuple, or the type itself, by text, without the type of a missing property. */
  const armsOf = (type: ts.Type) => {
    const types = checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type];
    const isAbsence = (arm: ts.Type) => arm.flags & ts.TypeFlags.Undefined && arm !== checker.getUndefinedType();
    const arms = (type.isUnion() ? type.types : types).filter((arm) => !isAbsence(arm));
    return new Map(arms.map((arm) => [textOf(arm), arm]));
  };

  /** `undefined` is separate: it would be assignable to the type of a missing property. */
  const isPart = (arm: ts.Type, arms: ReadonlyMap<string, ts.Type>) =>
    !isNullish(arm) && [...arms.values()].some((each) => checker.isTypeAssignableTo(arm, each));

  const compareObjects = (old: ts.Type, fresh: ts.Type, place: Place) => {
    const known = seen[place.way].get(old) ?? new Set();
    if (known.has(fresh)) return;
    seen[place.way].set(old, known.add(fresh));
    compareMembers(membersOf(old, checker), membersOf(fresh, checker), place);
    for (const kind of [ts.SignatureKind.Call, ts.SignatureKind.Construct]) {
      const [was, is] = [checker.getSignaturesOfType(old, kind), checker.getSignaturesOfType(fresh, kind)];
      if (is.length < was.length) report('major', place, 'can be called in fewer ways');
      if (is.length > was.length) report(place.way === 'in' ? 'major' : 'minor', place, 'can be called in more ways');
      for (const [index, before] of was.entries()) {
        const now = is[index] ?? before;
        const inside = { ...place, way: place.way === 'out' ? 'in' : 'out' } as const;
        compareMembers(parametersOf(before, checker), parametersOf(now, checker), inside);
        compare(before.getReturnType(), now.getReturnType(), { ...place, where: `${place.where}()` });
      }
    }
  };

  /** Compares the properties of objects, or the parameters of functions: those of a callback are received, not passed. */
  const compareMembers = (before: Members, now: Members, place: Place) => {
    const isOut = place.way === 'out';
    for (const [key, { type, isOptional, isReadonly, label, ...declared }] of now) {
      const was = before.get(key);
      const at = { ...place, where: `${declared.owner ?? place.where}${label}`, isGenerated: declared.isGenerated };
      if (!was) {
        report(isOut || isOptional ? 'minor' : 'major', at, isOut || isOptional ? 'is new' : 'is new and required');
        continue;
      }
      if (isOptional && !was.isOptional) report(isOut ? 'major' : 'minor', at, 'is now optional');
      if (!isOptional && was.isOptional) report(isOut ? 'minor' : 'major', at, 'is no longer optional');
      // The compiler considers readonly and writable properties assignable to each other.
      if (isReadonly && !was.isReadonly) report(isOut ? 'major' : 'minor', at, 'is now readonly');
      if (!isReadonly && was.isReadonly) report('minor', at, 'is no longer readonly');
      compare(was.type, type, at);
    }
    for (const [key, { label, isGenerated }] of before)
      if (!now.has(key)) report('major', { ...place, where: `${place.where}${label}`, isGenerated }, 'is gone');
  };

  /** A type parameter is replaced by its constraint. A change of `T[K]` is reported with the members of T. */
  const constraintOf = (type: ts.Type): ts.Type => {
    if (type.flags & ts.TypeFlags.IndexedAccess) return constraintOf((type as ts.IndexedAccessType).objectType);
    return type.flags & (ts.TypeFlags.InstantiableNonPrimitive | ts.TypeFlags.Index)
      ? (checker.getBaseConstraintOfType(type) ?? checker.getUnknownType())
      : type;
  };

  /** Whether a type of the old side was compared, or all members if it is a union. */
  const isReached = (type: ts.Type) => {
    const it = constraintOf(type);
    return reached.has(nameOf(it)?.name ?? it) || (it.isUnion() && it.types.every((arm) => reached.has(arm)));
  };
  return { findings, report, compare, isReached };
}

const isNullish = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;

const isReference = (type: ts.Type): type is ts.TypeReference =>
  ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;

const isPick = ({ aliasSymbol }: ts.Type) => aliasSymbol?.name === 'Pick';
