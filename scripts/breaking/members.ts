import ts from '../lib/typescript.cjs';

/** The properties of an object, or the parameters of a function. */
export type Members = ReadonlyMap<string | number, Member>;

interface Member {
  /** The text after the name of the object or function in a finding. */
  readonly label: string;
  readonly type: ts.Type;
  readonly isOptional: boolean;
  readonly isReadonly: boolean;
  readonly isGenerated?: boolean;
  /** The class or interface that declares it, from which others inherit it. */
  readonly owner?: string | undefined;
}

/** The visible members of an object: its properties and index signatures. */
export function membersOf(type: ts.Type, checker: ts.TypeChecker): Members {
  const found = new Map<string, Member>();
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  for (const symbol of checker.getPropertiesOfType(type)) {
    if (symbol.name.includes('#') || symbol.name === 'prototype' || modifiersOf(symbol) & hidden) continue;
    // The name of a unique symbol ends in a number that differs between its declarations.
    const label = `.${symbol.name.replace(/^__@(.+)@\d+$/, '[$1]')}`;
    found.set(label, {
      label,
      type: checker.getTypeOfSymbol(symbol),
      isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      isReadonly: isReadonly(symbol),
      isGenerated: isGenerated(symbol),
      owner: ownerOf(symbol),
    });
  }
  for (const { keyType, type: value, isReadonly } of checker.getIndexInfosOfType(type)) {
    const label = `[${checker.typeToString(keyType)}]`;
    found.set(label, { label, type: value, isOptional: true, isReadonly });
  }
  return found;
}

/** Parameters by position, because their names do not matter. */
export const parametersOf = ({ parameters }: ts.Signature, checker: ts.TypeChecker): Members =>
  new Map(
    parameters.map((symbol, index) => {
      const node = symbol.valueDeclaration;
      const isOptional = node !== undefined && ts.isParameter(node) && checker.isOptionalParameter(node);
      const type = checker.getTypeOfSymbol(symbol);
      const given = isOptional ? checker.getNonNullableType(type) : type;
      return [index, { label: `(${symbol.name})`, type: given, isOptional, isReadonly: false }];
    }),
  );

const modifiersOf = ({ valueDeclaration }: ts.Symbol) =>
  valueDeclaration ? ts.getCombinedModifierFlags(valueDeclaration) : ts.ModifierFlags.None;

/** A mapped type such as `Readonly<T>` sets a flag on the symbol, which only TypeScript's internals name. */
function isReadonly(symbol: ts.Symbol): boolean {
  const { links } = symbol as ts.Symbol & { readonly links?: { readonly checkFlags?: number } };
  return ((links?.checkFlags ?? 0) & 8) !== 0 || (modifiersOf(symbol) & ts.ModifierFlags.Readonly) !== 0;
}

function ownerOf({ declarations: [node] = [] }: ts.Symbol): string | undefined {
  const parent = node?.parent;
  return parent && (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent)) ? parent.name?.text : undefined;
}

const isDeclaredIn = ({ declarations = [] }: ts.Symbol, folder: string) =>
  declarations.some((node) => node.getSourceFile().fileName.includes(folder));

export const isGenerated = (symbol: ts.Symbol): boolean => isDeclaredIn(symbol, '/generated/');

/** Whether a type is an object whose members the package declares. */
export const isOurs = ({ flags, symbol }: ts.Type): boolean =>
  (flags & ts.TypeFlags.Object) !== 0 &&
  (!symbol || symbol.name.startsWith('__') || !isDeclaredIn(symbol, '/node_modules/'));

/** The package's name for a type, or for the function or class that it belongs to. `Partial` and similar types keep it. */
export function nameOf({ aliasSymbol, aliasTypeArguments: [argument] = [], symbol }: ts.Type): ts.Symbol | undefined {
  if (aliasSymbol && argument && ['Partial', 'Readonly', 'Required'].includes(aliasSymbol.name))
    return nameOf(argument);
  const kinds = ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.Function;
  const named = aliasSymbol ?? (symbol && symbol.flags & kinds ? symbol : undefined);
  return named && !isDeclaredIn(named, '/node_modules/') ? named : undefined;
}
