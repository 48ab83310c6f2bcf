import ts from 'typescript';
import { type Finding, highest } from './finding.js';
import { type Context, compareObjects, isGenerated, type Place } from './members.js';

export interface TypeComparison extends Pick<Context, 'report' | 'compare'> {
  /** Whether a type of the old surface was compared, or all that it is a union of. */
  isReached(type: ts.Type): boolean;
  /** Of each place only the worst. */
  findings(): Finding[];
}

/**
 * Compares types of two surfaces in one program, with the compiler's own rules: what users get must still be assignable to what it was,
 * and what they gave must be assignable to what is accepted now.
 *
 * @param contractNames names that the contract gained or lost, such as event types
 */
export function typeComparison(checker: ts.TypeChecker, contractNames: ReadonlySet<string>): TypeComparison {
  const found: Finding[] = [];
  const reached = new Set<string | ts.Type>();
  const seen = new Map<ts.Type, Set<string>>();
  const textOf = (type: ts.Type) => checker.typeToString(type, undefined, format);

  const report: Context['report'] = (level, { where, isGenerated }, what) => {
    found.push({ level, where, what, isGenerated });
  };

  const compare: Context['compare'] = (old, fresh, place) => {
    // What `T[K]` may be is reported with the members of T.
    if (isIndexed(old) && isIndexed(fresh)) return compare(old.objectType, fresh.objectType, place);
    const [a, b] = [constraintOf(old), constraintOf(fresh)];
    const name = nameOf(a);
    reached.add(a);
    if (name) reached.add(name.name);
    // The types of `raw` are the contract, which is compared by itself.
    if (a === b || isSeen(a, b, place) || name?.name === 'paths') return;
    const isNamed = name !== undefined && name.name === nameOf(b)?.name;
    compareShapes(a, b, isNamed ? { ...place, where: name.name, isGenerated: isGenerated(name) } : place);
  };

  const compareShapes: Context['compare'] = (a, b, place) => {
    const pairs = (old: readonly ts.Type[], fresh: readonly ts.Type[], where = place.where) => {
      for (const [index, was] of old.entries()) compare(was, fresh[index] ?? was, { ...place, where });
    };
    if (isPick(a) && isPick(b) && place.way === 'in') comparePicks(a, b, place);
    else if (a.isUnion() || b.isUnion()) compareUnions(a, b, place);
    else if (a.isIntersection() && b.isIntersection() && a.types.length === b.types.length) pairs(a.types, b.types);
    else if (checker.isTupleType(a) && checker.isTupleType(b)) compareLists(argumentsOf(a), argumentsOf(b), place);
    else if (isReference(a) && isReference(b) && a.target === b.target) {
      pairs(argumentsOf(a), argumentsOf(b), checker.isArrayType(a) ? `${place.where}[]` : place.where);
    } else if (isOurs(a) && isOurs(b)) compareObjects(a, b, place, { checker, report, compare });
    else compareByAssignability(a, b, place);
  };

  const compareByAssignability: Context['compare'] = (old, fresh, place) => {
    const [given, wanted] = place.way === 'out' ? [fresh, old] : [old, fresh];
    const fits = checker.isTypeAssignableTo(given, wanted) && !((old.flags | fresh.flags) & ts.TypeFlags.Any);
    if (fits && checker.isTypeAssignableTo(wanted, given)) return;
    report(fits ? 'minor' : 'major', place, `was \`${textOf(old)}\`, is \`${textOf(fresh)}\``);
  };

  /** Readers of an open list, such as `A | B | UnknownX`, expect further values: only those who give one know all of it. */
  const compareUnions: Context['compare'] = (old, fresh, place) => {
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
      const at = placeOf(arm, place);
      if (isPart(arm, fresh)) continue;
      if (place.way === 'in' || isOpen) report('major', at, `is no longer ${text}`);
      else if (arm.flags & nullish) report('minor', at, `is never ${text} any more`);
      else report('major', at, `is never ${text} any more, so code that tests for it does not compile`);
    }
    for (const [text, arm] of added) {
      const at = placeOf(arm, place);
      if (isPart(arm, old)) continue;
      if (place.way === 'in' || isOpen || at.isGenerated) report('minor', at, `may now be ${text}`);
      else report('major', at, `may now be ${text}, which readers do not expect`);
    }
  };

  /** `undefined` counts for itself: the type of an optional property, which is not there, takes it for a part. */
  const isPart = (arm: ts.Type, union: ts.Type) => !(arm.flags & nullish) && checker.isTypeAssignableTo(arm, union);

  /** Constant lists may grow. */
  const compareLists = (old: readonly ts.Type[], fresh: readonly ts.Type[], place: Place) => {
    for (const each of old)
      if (!fresh.includes(each)) report('major', placeOf(each, place), `no longer has ${textOf(each)}`);
    for (const each of fresh) if (!old.includes(each)) report('minor', placeOf(each, place), `now has ${textOf(each)}`);
  };

  /** Users who give a part of an object got the whole from the package: only further members are more than they have. */
  const comparePicks: Context['compare'] = (old, fresh, place) => {
    for (const { name } of checker.getPropertiesOfType(fresh)) {
      if (!checker.getPropertyOfType(old, name)) report('major', place, `now needs ${name}`);
    }
  };

  /** What the contract gained or lost changed with it, wherever it stands. */
  const placeOf = (arm: ts.Type, place: Place): Place => {
    const name = nameOf(arm);
    const isOfContract = arm.isStringLiteral() ? contractNames.has(arm.value) : name !== undefined && isGenerated(name);
    return isOfContract ? { ...place, isGenerated: true } : place;
  };

  /** The types of a union, or any other type itself. Optional properties add one for their absence, which is left out. */
  const armsOf = (type: ts.Type) => {
    const arms = type.isUnion() ? type.types : [type];
    const isAbsence = (arm: ts.Type) => arm.flags & ts.TypeFlags.Undefined && arm !== checker.getUndefinedType();
    return new Map(arms.filter((arm) => !isAbsence(arm)).map((arm) => [textOf(arm), arm]));
  };

  /** A type parameter stands for whatever it may be. */
  const constraintOf = (type: ts.Type) =>
    type.flags & (ts.TypeFlags.InstantiableNonPrimitive | ts.TypeFlags.Index)
      ? (checker.getBaseConstraintOfType(type) ?? checker.getUnknownType())
      : type;

  const argumentsOf = (type: ts.Type) => checker.getTypeArguments(type as ts.TypeReference);

  const ids = new Map<ts.Type, number>();
  const isSeen = (old: ts.Type, fresh: ts.Type, { way }: Place): boolean => {
    const id = ids.get(fresh) ?? ids.size;
    ids.set(fresh, id);
    const known = seen.get(old) ?? new Set();
    seen.set(old, known);
    return known.has(`${way} ${id}`) || !known.add(`${way} ${id}`);
  };

  const isReached = (type: ts.Type): boolean => {
    const it = constraintOf(type);
    return (
      reached.has(nameOf(it)?.name ?? it) ||
      reached.has(it) ||
      (it.isUnion() && it.types.every((arm) => reached.has(arm)))
    );
  };
  return { report, compare, isReached, findings: () => worstOf(found) };
}

const format =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

const nullish = ts.TypeFlags.Null | ts.TypeFlags.Undefined;

const isReference = (type: ts.Type): type is ts.TypeReference =>
  ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;

const isIndexed = (type: ts.Type): type is ts.IndexedAccessType => (type.flags & ts.TypeFlags.IndexedAccess) !== 0;

const isPick = ({ aliasSymbol }: ts.Type) => aliasSymbol?.name === 'Pick';

const isForeign = ({ declarations }: ts.Symbol) =>
  declarations?.some((node) => node.getSourceFile().fileName.includes('/node_modules/')) ?? true;

/** Whether a type is an object whose members the package declares. */
const isOurs = ({ flags, symbol }: ts.Type) =>
  (flags & ts.TypeFlags.Object) !== 0 && (!symbol || symbol.name.startsWith('__') || !isForeign(symbol));

/** Types of the compiler that change how members are given, and not which there are. */
const transparent = ['Partial', 'Readonly', 'Required'];

/** What the package calls a type, or the function or class that it is the type of. */
function nameOf({ aliasSymbol, aliasTypeArguments: [argument] = [], symbol }: ts.Type): ts.Symbol | undefined {
  if (aliasSymbol && argument && transparent.includes(aliasSymbol.name)) return nameOf(argument);
  const kinds = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Function;
  const named = aliasSymbol ?? (symbol && symbol.flags & kinds ? symbol : undefined);
  return named && !isForeign(named) ? named : undefined;
}

function worstOf(findings: readonly Finding[]): Finding[] {
  const worst = findings.filter(
    ({ where, level }) => level === highest(findings.filter((other) => other.where === where)),
  );
  return [...new Map(worst.map((finding) => [`${finding.where} ${finding.what}`, finding])).values()];
}
