import { join } from 'node:path';
import { ContractError } from './contract.js';
import ts from './typescript.cjs';

/** How types are printed. */
export const inFull: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** What a module of a program exports, by name. */
export function exportsOf(file: string, program: ts.Program): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const symbols = checker.getExportsOfModule(moduleAt(file, program));
  const exports = new Map(symbols.map((symbol) => [symbol.name, targetOf(symbol, checker)]));
  const [missing] = [...exports].find(([, { declarations }]) => !declarations) ?? [];
  if (missing) throw new ContractError(`${file} exports ${missing}, which does not exist.`);
  return exports;
}

/** What an import or export leads to. */
const targetOf = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

export function moduleAt(file: string, program: ts.Program): ts.Symbol {
  const source = program.getSourceFile(file);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  if (module) return module;
  throw new ContractError(`package.json refers to ${file}, which does not exist or exports nothing.`);
}

/** The source file of each entry point that has types, by the name used to import it. */
export function entryFilesOf(
  { name, exports }: Readonly<Record<string, unknown>>,
  folder: string,
): Map<string, string> {
  const entries = Object.entries(exports as Record<string, { types?: string }>).filter(([, { types }]) => types);
  const sourceOf = (types = '') => join(folder, types.replace(/^\.\/dist\/types\/(.+)\.d\.ts$/, '$1.ts'));
  return new Map(entries.map(([path, { types }]) => [`${name}${path.slice(1)}`, sourceOf(types)]));
}
