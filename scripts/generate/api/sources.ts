import { join } from 'node:path';
import { programOf } from '../../lib/compile.js';
import { ContractError } from '../../lib/contract.js';
import ts from '../../lib/typescript.cjs';
import type { Files } from '../generated-files.js';

/** What the package exports, and the compiler's view of it. */
export interface Sources {
  /** The source of each entry point that has types, by the name that it is imported by. */
  readonly entryFiles: ReadonlyMap<string, string>;
  readonly program: ts.Program;
  /** The exports of each entry point. */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ts.Symbol>>;
}

/** Reads the sources in `root`, with files that are about to be written in place of those that are there. */
export function readSources(root: string, packageJson: string, generated: Files): Sources {
  const entryFiles = entryFilesOf(JSON.parse(packageJson));
  const instead = new Map(Object.entries(generated).map(([file, text]) => [join(root, file), text]));
  const files = [...entryFiles.values()].map((file) => join(root, file));
  // Types of the platform are only named, so the compiler needs to know nothing but the language itself.
  const program = programOf(new Map(), { root, instead, files, options: { lib: ['lib.es5.d.ts'] } });
  const exports = new Map([...entryFiles].map(([entry, file]) => [entry, exportsOf(join(root, file), program)]));
  return { entryFiles, program, exports };
}

/** What a module of a program exports, by name. */
export function exportsOf(file: string, program: ts.Program): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const module = moduleAt(file, program);
  const targetOf = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exports = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, targetOf(symbol)]));
  const [missing] = [...exports].find(([, { declarations }]) => !declarations) ?? [];
  if (missing) throw new ContractError(`${file} exports ${missing}, which is not there.`);
  return exports;
}

export function moduleAt(file: string, program: ts.Program): ts.Symbol {
  const source = program.getSourceFile(file);
  const module = source && program.getTypeChecker().getSymbolAtLocation(source);
  if (module) return module;
  throw new ContractError(`package.json refers to ${file}, which is not there or exports nothing.`);
}

/** The source file of each entry point that has types, by the name that it is imported by. */
export function entryFilesOf({
  name,
  exports,
}: {
  readonly name?: unknown;
  readonly exports?: unknown;
}): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, { types }] of Object.entries(exports as Record<string, { types?: string }>)) {
    if (types === undefined) continue;
    const source = /^\.\/dist\/types\/(.+)\.d\.ts$/.exec(types)?.[1];
    if (!source) throw new ContractError(`package.json has ${types} in "exports", which no source is compiled to.`);
    files.set(`${name}${path.slice(1)}`, `${source}.ts`);
  }
  return files;
}
