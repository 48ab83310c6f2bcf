import { join } from 'node:path';
import { programOf } from '../../lib/compile.js';
import { ContractError } from '../../lib/contract.js';
import ts from '../../lib/typescript.cjs';
import type { Files } from '../generated-files.js';

/** The exports of the package, and the program that they are from. */
export interface Sources {
  readonly program: ts.Program;
  /** The exports of each entry point, by the name used to import it. */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ts.Symbol>>;
}

/** How types are printed. */
export const inFull: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/** Reads the sources in `root`. The given generated files replace those on disk. */
export function readSources(root: string, packageJson: string, generated: Files): Sources {
  const entryFiles = [...entryFilesOf(JSON.parse(packageJson), root)];
  const instead = new Map(Object.entries(generated).map(([file, text]) => [join(root, file), text]));
  const files = entryFiles.map(([, file]) => file);
  // Types of the platform are only named, so the language's own library is enough.
  const program = programOf(new Map(), { root, instead, files, options: { lib: ['lib.es5.d.ts'] } });
  return { program, exports: new Map(entryFiles.map(([entry, file]) => [entry, exportsOf(file, program)])) };
}

/** The exports of a module, by name. */
export function exportsOf(file: string, program: ts.Program): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const symbols = checker.getExportsOfModule(moduleAt(file, program));
  const exports = new Map(symbols.map((symbol) => [symbol.name, targetOf(symbol, checker)]));
  const [missing] = [...exports].find(([, { declarations }]) => !declarations) ?? [];
  if (missing) throw new ContractError(`${file} exports ${missing}, which does not exist.`);
  return exports;
}

/** The symbol that an import or export refers to. */
export const targetOf = (symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
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
