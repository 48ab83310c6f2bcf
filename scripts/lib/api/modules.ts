import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { DeclarationError } from './declaration-error.js';

/** Something that a module declares: the declarations of one name, of which overloads have several. */
export interface Declared {
  readonly file: string;
  readonly name: string;
  readonly nodes: readonly ts.Node[];
}

/** What a name means: a declaration of the project, or something that comes from elsewhere. */
export type Meaning = Declared | 'elsewhere';

export interface Modules {
  /** What leaves a module, by the name that it leaves under. */
  exportsOf(file: string): Map<string, Declared>;
  /** What a name means inside a module. */
  lookUp(file: string, name: string): Meaning;
}

/** Reads modules by their paths within the project, each once. */
export function readModules(read: (file: string) => string): Modules {
  const parsed = new Map<string, ts.SourceFile>();
  const statementsOf = (file: string): readonly ts.Statement[] => {
    let source = parsed.get(file);
    if (!source) {
      source = declarationsOf(file, read(file));
      parsed.set(file, source);
    }
    return source.statements;
  };

  const declared = (file: string, name: string): Declared | undefined => {
    const nodes = statementsOf(file).filter((statement) => namesOf(statement).includes(name));
    return nodes.length > 0 ? { file, name, nodes } : undefined;
  };

  const lookUp = (file: string, name: string): Meaning => {
    const own = declared(file, name);
    if (own) return own;
    for (const statement of statementsOf(file).filter(ts.isImportDeclaration)) {
      const bindings = statement.importClause?.namedBindings;
      const imported = bindings && ts.isNamedImports(bindings) && bindings.elements.find((e) => e.name.text === name);
      const target = imported && moduleOf(file, statement.moduleSpecifier);
      if (target) return exportsOf(target).get((imported.propertyName ?? imported.name).text) ?? 'elsewhere';
    }
    return 'elsewhere';
  };

  const exportsOf = (file: string): Map<string, Declared> => {
    const found = new Map<string, Declared>();
    const add = (name: string, meaning: Meaning | undefined) => {
      if (!meaning || meaning === 'elsewhere')
        throw new DeclarationError(`${file} exports ${name}, of another package.`);
      found.set(name, meaning);
    };
    for (const statement of statementsOf(file)) {
      if (ts.isExportDeclaration(statement)) {
        const { exportClause, moduleSpecifier } = statement;
        const from = moduleSpecifier && moduleOf(file, moduleSpecifier);
        if (moduleSpecifier && !from) throw new DeclarationError(`${file} exports from ${moduleSpecifier.getText()}.`);
        if (!exportClause && from) for (const [name, each] of exportsOf(from)) add(name, each);
        if (!exportClause || !ts.isNamedExports(exportClause)) continue;
        for (const { name, propertyName } of exportClause.elements) {
          const inside = (propertyName ?? name).text;
          add(name.text, from ? exportsOf(from).get(inside) : lookUp(file, inside));
        }
      } else if (isExported(statement)) {
        for (const name of namesOf(statement)) add(name, declared(file, name));
      }
    }
    return found;
  };
  return { exportsOf, lookUp };
}

/** A statement that declares more than a type. */
const value = /^(?:export )?(?:async |abstract )?(?:function|class|const|let|var|enum)\b/m;

/** What tsc would emit, made of this file alone: a type check would take seconds. A file of nothing but types is that already. */
function declarationsOf(file: string, source: string): ts.SourceFile {
  if (!value.test(source)) return ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
    },
  });
  const problem = diagnostics[0];
  if (problem) {
    const { line = 0 } = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0) ?? {};
    const message = ts.flattenDiagnosticMessageText(problem.messageText, ' ');
    throw new DeclarationError(`${file}:${line + 1} ${message} api.md lists only types that are written down.`);
  }
  return ts.createSourceFile(file.replace(/\.ts$/, '.d.ts'), outputText, ts.ScriptTarget.ES2022, true);
}

/** The file that a relative specifier means; undefined for one of a package. */
function moduleOf(file: string, specifier: ts.Expression): string | undefined {
  const path = ts.isStringLiteral(specifier) ? specifier.text : '';
  return path.startsWith('.') ? join(dirname(file), path.replace(/\.js$/, '.ts')) : undefined;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}
