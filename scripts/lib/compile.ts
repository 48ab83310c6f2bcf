import { dirname, join } from 'node:path';
import ts from './typescript.cjs';

/** A compiler error. Lines count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/** Options for every program that uses the package. */
const common: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  experimentalDecorators: true, // For Nest.
  skipLibCheck: true,
};

/** Parsed declarations of the platform and of packages: they take longest to parse and do not change. */
const libraries = new Map<string, ts.SourceFile | undefined>();

export interface CompileSettings {
  /** The folder of the project. */
  readonly root: string;
  /** Files that replace those on disk, by absolute path. */
  readonly instead?: ReadonlyMap<string, string>;
  readonly options?: ts.CompilerOptions;
  /** Further files to compile, from disk or from `instead`. */
  readonly files?: readonly string[];
}

/** Creates a program from texts as if they were files of the project. The package's name resolves to its sources. */
export function programOf(
  texts: ReadonlyMap<string, string>,
  { root, instead = new Map(), options = {}, files = [] }: CompileSettings,
): ts.Program {
  const paths = {
    'dixa-webhooks': [join(root, 'src/client/index.ts')],
    'dixa-webhooks/*': [join(root, 'src/*/index.ts')],
    'dixa-webhooks/receiver/*': [join(root, 'src/receiver/*.ts')],
    '#hmac': [join(root, 'src/receiver/hmac/web.ts')],
  };
  const all = { ...common, paths, typeRoots: [join(root, 'node_modules/@types')], ...options };
  const host = ts.createCompilerHost(all);
  const { readFile, fileExists, getSourceFile } = host;
  const given = new Map([...instead, ...texts]);
  const folders = new Set([...given.keys()].map((name) => dirname(name)));
  host.directoryExists = (name) => folders.has(name) || ts.sys.directoryExists(name);
  host.fileExists = (name) => given.has(name) || fileExists(name);
  host.readFile = (name) => given.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = given.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, target);
    if (!name.includes('/node_modules/')) return getSourceFile(name, target, ...rest);
    const source = libraries.get(name) ?? getSourceFile(name, target, ...rest);
    libraries.set(name, source);
    return source;
  };
  return ts.createProgram([...texts.keys(), ...files], all, host);
}

/** Compiles such a program. Reports errors in the texts only: the sources that they import are checked elsewhere. */
export function compileTexts(texts: ReadonlyMap<string, string>, settings: CompileSettings): Problem[] {
  const program = programOf(texts, settings);
  const diagnosticsOf = (name: string) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  };
  return [...program.getOptionsDiagnostics(), ...[...texts.keys()].flatMap(diagnosticsOf)].map(
    ({ file, start, code, messageText }) => ({
      file: file?.fileName ?? '',
      line: file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
      code,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }),
  );
}
