import ts from 'typescript';
import type { Level } from './finding.js';

/** Where a type stands, and whether users give its values (`in`) or get them (`out`). */
export interface Place {
  readonly where: string;
  readonly way: 'in' | 'out';
  /** Whether what stands there is generated from the contract. */
  readonly isGenerated: boolean;
}

export interface Context {
  readonly checker: ts.TypeChecker;
  report(level: Level, place: Place, what: string): void;
  compare(old: ts.Type, fresh: ts.Type, place: Place): void;
}

/** The level if more values are possible than before, which breaks those who read them. */
const ofWider = ({ way }: Place): Level => (way === 'out' ? 'major' : 'minor');

/** The level if fewer values are possible, which breaks those who give them. */
const ofNarrower = ({ way }: Place): Level => (way === 'out' ? 'minor' : 'major');

/** Compares the members of two objects, and the ways to call them. */
export function compareObjects(old: ts.Type, fresh: ts.Type, place: Place, context: Context): void {
  const { checker, report } = context;
  const [before, now] = [membersOf(old, checker), membersOf(fresh, checker)];
  /** What is inherited stands where it is declared, if both inherit from there. */
  const placeOf = (name: string, { owner, isGenerated }: Member): Place => {
    const isShared = [before, now].every((members) => [...members.values()].some((each) => each.owner === owner));
    return { ...place, where: `${(isShared && owner) || place.where}.${name}`, isGenerated };
  };
  for (const [name, was] of before) {
    const at = placeOf(name, was);
    const is = now.get(name);
    if (is) compareMember(was, is, at, context);
    else report('major', at, 'is gone');
  }
  for (const [name, is] of now) {
    if (before.has(name)) continue;
    const at = placeOf(name, is);
    if (place.way === 'out' || is.isOptional) report('minor', at, 'is new');
    else report('major', at, 'is new and required');
  }
  for (const kind of [ts.SignatureKind.Call, ts.SignatureKind.Construct]) {
    const [was, is] = [checker.getSignaturesOfType(old, kind), checker.getSignaturesOfType(fresh, kind)];
    if (is.length < was.length) report('major', place, 'can be called in fewer ways');
    if (is.length > was.length) report(ofNarrower(place), place, 'can be called in more ways');
    for (const [index, signature] of was.entries())
      compareSignatures(signature, is[index] ?? signature, place, context);
  }
}

interface Member {
  /** The class or interface that declares it, from which others inherit it. */
  readonly owner?: string | undefined;
  readonly type: ts.Type;
  readonly isOptional: boolean;
  readonly isReadonly: boolean;
  readonly isGenerated: boolean;
}

function compareMember(was: Member, is: Member, place: Place, { report, compare }: Context): void {
  const present = place.way === 'out' ? 'is now always present' : 'is now required';
  if (!was.isOptional && is.isOptional) report(ofWider(place), place, 'may now be absent');
  if (was.isOptional && !is.isOptional) report(ofNarrower(place), place, present);
  // A value with a readonly property is assignable to one without: only code that writes the property notices.
  if (!was.isReadonly && is.isReadonly) report(ofWider(place), place, 'is now readonly');
  if (was.isReadonly && !is.isReadonly) report('minor', place, 'is no longer readonly');
  compare(was.type, is.type, place);
}

/** What users can see of an object: its properties, and what an index signature allows. */
function membersOf(type: ts.Type, checker: ts.TypeChecker): Map<string, Member> {
  const found = new Map<string, Member>();
  for (const symbol of checker.getPropertiesOfType(type)) {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (symbol.name.includes('#') || symbol.name === 'prototype' || modifiersOf(symbol) & hidden) continue;
    // The name of a unique symbol ends in a number that each of its declarations has for itself.
    found.set(symbol.name.replace(/^__@(.+)@\d+$/, '[$1]'), {
      owner: ownerOf(symbol),
      type: checker.getTypeOfSymbol(symbol),
      isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      isReadonly: isReadonly(symbol),
      isGenerated: isGenerated(symbol),
    });
  }
  for (const { keyType, type: value, isReadonly } of checker.getIndexInfosOfType(type)) {
    const index = { type: value, isOptional: true, isReadonly, isGenerated: false };
    found.set(`[${checker.typeToString(keyType)}]`, index);
  }
  return found;
}

function ownerOf({ declarations: [node] = [] }: ts.Symbol): string | undefined {
  const { parent } = node ?? {};
  return parent && (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent)) ? parent.name?.text : undefined;
}

const modifiersOf = ({ valueDeclaration }: ts.Symbol) =>
  valueDeclaration ? ts.getCombinedModifierFlags(valueDeclaration) : ts.ModifierFlags.None;

/** A mapped type such as `Readonly<T>` marks the symbol; only TypeScript's internals have a name for the mark. */
function isReadonly(symbol: ts.Symbol): boolean {
  const { links } = symbol as ts.Symbol & { readonly links?: { readonly checkFlags?: number } };
  return ((links?.checkFlags ?? 0) & 8) !== 0 || (modifiersOf(symbol) & ts.ModifierFlags.Readonly) !== 0;
}

export const isGenerated = ({ declarations }: ts.Symbol): boolean =>
  declarations?.some((node) => node.getSourceFile().fileName.includes('/generated/')) ?? false;

/** Compares functions that users call (`out`) or that they give (`in`). Names of parameters do not matter. */
function compareSignatures(
  old: ts.Signature,
  fresh: ts.Signature,
  place: Place,
  { checker, report, compare }: Context,
): void {
  const isCalled = place.way === 'out';
  for (const [index, was] of old.parameters.entries()) {
    const is = fresh.parameters[index];
    const at: Place = { ...place, where: `${place.where}(${(is ?? was).name})`, way: isCalled ? 'in' : 'out' };
    if (!is) {
      report('major', at, 'is no longer a parameter');
      continue;
    }
    const [wasOptional, isOptional] = [mayBeOmitted(was), mayBeOmitted(is)];
    if (wasOptional && !isOptional) report(ofNarrower(at), at, 'can no longer be omitted');
    if (!wasOptional && isOptional) report(ofWider(at), at, 'may now be omitted');
    // Whether it may be undefined was compared just now.
    const typeOf = (symbol: ts.Symbol) => {
      const type = checker.getTypeOfSymbol(symbol);
      return wasOptional || isOptional ? checker.getNonNullableType(type) : type;
    };
    compare(typeOf(was), typeOf(is), at);
  }
  for (const added of fresh.parameters.slice(old.parameters.length)) {
    const at = { ...place, where: `${place.where}(${added.name})` };
    // A function that ignores further arguments fits as before.
    if (mayBeOmitted(added) || !isCalled) report('minor', at, 'is a new parameter');
    else report('major', at, 'is a new parameter and required');
  }
  const results = { ...place, where: `${place.where}()` };
  compare(checker.getReturnTypeOfSignature(old), checker.getReturnTypeOfSignature(fresh), results);
}

function mayBeOmitted({ valueDeclaration: node }: ts.Symbol): boolean {
  if (!node || !ts.isParameter(node)) return false;
  return node.questionToken !== undefined || node.dotDotDotToken !== undefined || node.initializer !== undefined;
}
