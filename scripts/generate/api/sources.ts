import { join } from 'node:path';
import { programOf } from '../../lib/compile.js';
import { ContractError } from '../../lib/contract.js';
import ts from '../../lib/typescript.cjs';
import type { Files } from '../generated-files.js';

/** What the package exports, and the compiler's view of it. */
export interface Sources {
  readonly program: ts.Program;
  /** The exports of each entry point, by the name that it is imported by. */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ts.Symbol>>;
}

/** How types are written. */
export const inFull: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** Reads the sources in `root`, with files that are about to be written in place of those that are there. */
export function readSources(root: string, packageJson: string, generated: Files): Sources {
  const entryFiles = [...entryFilesOf(JSON.parse(packageJson), root)];
  const instead = new Map(Object.entries(generated).map(([file, text]) => [join(root, file), text]));
  const files = entryFiles.map(([, file]) => file);
  // Types of the platform are only named, so the compiler needs to know nothing but the language itself.
  const program = programOf(new Map(), { root, instead, files, options: { lib: ['lib.es5.d.ts'] } });
  return { program, exports: new Map(entryFiles.map(([entry, file]) => [entry, exportsOf(file, program)])) };
}

/** What a module of a program exports, by name. */
export function exportsOf(file: string, program: ts.Program): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const symbols = checker.getExportsOfModule(moduleAt(file, program));
  const exports = new Map(symbols.map((symbol) => [symbol.name, targetOf(symbol, checker)]));
  const [missing] = [...exports].find(([, { declarations }]) => !declarations) ?? [];
  if (missing) throw new ContractError(`${file} exports ${missing}, which is not there.`);
  return exports;
}

/** What an import or export leads to. */
export const targetOf = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

export function moduleAt(file: string, program: ts.Program): ts.Symbol {
  const source = program.getSourceFile(file);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  if (module) return module;
  throw new ContractError(`package.json refers to ${file}, which is not there or exports nothing.`);
}

/** The source file in a folder of each entry point that has types, by the name that it is imported by. */
export function entryFilesOf(
  { name, exports }: Readonly<Record<string, unknown>>,
  folder: string,
): Map<string, string> {
  const entries = Object.entries(exports as Record<string, { types?: string }>).filter(([, { types }]) => types);
  const sourceOf = (types = '') => join(folder, types.replace(/^\.\/dist\/types\/(.+)\.d\.ts$/, '$1.ts'));
  return new Map(entries.map(([path, { types }]) => [`${name}${path.slice(1)}`, sourceOf(types)]));
}
