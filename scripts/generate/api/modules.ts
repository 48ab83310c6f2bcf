import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { DeclarationError } from './declaration-error.js';
import { refusal, refuse } from './refused.js';
import { hasModifier, isValue, namesOf } from './statements.js';

/** Something that a module declares: the declarations of one name, of which overloads have several. */
export interface Declared {
  readonly file: string;
  readonly name: string;
  readonly nodes: readonly ts.Node[];
  /** Whether it is a value that leaves its module as a type alone: nobody can call, make or extend it. */
  readonly typeOnly?: boolean;
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
export function readModules(read: (file: string) => string | undefined): Modules {
  const parsed = new Map<string, ts.SourceFile>();
  const statementsOf = (file: string, importer = 'package.json'): readonly ts.Statement[] => {
    let source = parsed.get(file);
    if (!source) {
      const text = read(file);
      if (text === undefined) throw new DeclarationError(`${importer} refers to ${file}, which is not there.`);
      source = declarationsOf(file, text);
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
    for (const { importClause, moduleSpecifier } of statementsOf(file).filter(ts.isImportDeclaration)) {
      const target = importClause && moduleOf(file, moduleSpecifier);
      if (!target) continue;
      const { namedBindings: bindings } = importClause;
      if (
        importClause.name?.text === name ||
        (bindings && ts.isNamespaceImport(bindings) && bindings.name.text === name)
      )
        throw refusal(file, importClause, 'Import it by its name, in braces.');
      const imported = bindings && ts.isNamedImports(bindings) && bindings.elements.find((e) => e.name.text === name);
      if (!imported) continue;
      const meaning = exportsOf(target, file).get((imported.propertyName ?? imported.name).text);
      if (!meaning) return 'elsewhere';
      return importsTypes(importClause) || imported.isTypeOnly ? asType(meaning) : meaning;
    }
    return 'elsewhere';
  };

  const exportsOf = (file: string, importer?: string): Map<string, Declared> => {
    const found = new Map<string, Declared>();
    const add = (name: string, meaning: Meaning | undefined, typeOnly = false) => {
      if (!meaning || meaning === 'elsewhere')
        throw new DeclarationError(`${file} exports ${name}, of another package.`);
      found.set(name, typeOnly ? asType(meaning) : meaning);
    };
    for (const statement of statementsOf(file, importer)) {
      refuse(file, statement);
      if (ts.isExportDeclaration(statement)) {
        const { exportClause, moduleSpecifier, isTypeOnly } = statement;
        const from = moduleSpecifier && moduleOf(file, moduleSpecifier);
        if (moduleSpecifier && !from) throw new DeclarationError(`${file} exports from ${moduleSpecifier.getText()}.`);
        if (!exportClause && from) for (const [name, each] of exportsOf(from, file)) add(name, each, isTypeOnly);
        if (!exportClause || !ts.isNamedExports(exportClause)) continue;
        for (const { name, propertyName, isTypeOnly: alone } of exportClause.elements) {
          const inside = (propertyName ?? name).text;
          add(name.text, from ? exportsOf(from, file).get(inside) : lookUp(file, inside), isTypeOnly || alone);
        }
      } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
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

const importsTypes = ({ phaseModifier }: ts.ImportClause) => phaseModifier === ts.SyntaxKind.TypeKeyword;

/** What leaves as a type alone: only of a value does that take something away. */
const asType = (declared: Declared): Declared =>
  declared.nodes.some(isValue) ? { ...declared, typeOnly: true } : declared;
