import ts from 'typescript';
import { DeclarationError } from './declaration-error.js';
import { hasModifier } from './statements.js';

/** Ways to export that nothing here needs: api.md would have to leave them out, so they are refused. */
const refusedExports: readonly { is(statement: ts.Statement): boolean; instead: string }[] = [
  {
    is: (statement) =>
      ts.isExportDeclaration(statement) &&
      statement.exportClause !== undefined &&
      ts.isNamespaceExport(statement.exportClause),
    instead: 'Export each name by itself.',
  },
  {
    is: (statement) => ts.isExportAssignment(statement) || hasModifier(statement, ts.SyntaxKind.DefaultKeyword),
    instead: 'Give it a name, and export that.',
  },
  {
    is: (statement) => ts.isModuleDeclaration(statement) || ts.isNamespaceExportDeclaration(statement),
    instead: 'Declare its parts in the module itself.',
  },
  {
    is: (statement) => ts.isImportEqualsDeclaration(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword),
    instead: 'Export each name by itself.',
  },
];

/** Throws for a statement that exports in such a way. */
export function refuse(file: string, statement: ts.Statement): void {
  const refused = refusedExports.find(({ is }) => is(statement));
  if (refused) throw refusal(file, statement, refused.instead);
}

/** What to throw for a node, with what to do instead. */
export function refusal(file: string, node: ts.Node, instead: string): DeclarationError {
  const [line = ''] = node.getText().split('\n');
  return new DeclarationError(`${file}: api.md cannot tell of \`${line}\`. ${instead}`);
}
