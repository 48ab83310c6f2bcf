import ts from 'typescript';
import type { Declared, Modules } from './modules.js';
import { schemaNamed } from './surface.js';

const printer = ts.createPrinter({ removeComments: true });

/** The text of a declaration, without comments and without what is private: of that, only a constructor can be missed outside. */
export function print({ file, name, nodes }: Declared, modules: Modules): string {
  const texts = nodes.map((node) => {
    const { transformed } = ts.transform(node, [simplify(file, modules)]);
    const text = printer.printNode(ts.EmitHint.Unspecified, transformed[0] as ts.Node, node.getSourceFile());
    return ts.isTypeNode(node) ? `type ${name} = ${text};` : text.replace(/^(export )?(declare )?/, '');
  });
  return texts
    .join('\n')
    .replace(/\{\n\}/g, '{}')
    .replace(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2));
}

/** The first sentence of a declaration's comment. */
export function summaryOf({ nodes: [node] }: Declared): string {
  if (!node) return '';
  const documented = ts.isPropertySignature(node.parent) ? node.parent : node;
  const comment = ts.getJSDocCommentsAndTags(documented).find(ts.isJSDoc)?.comment;
  const text =
    ts
      .getTextOfJSDocComment(comment)
      ?.replace(/\s+/g, ' ')
      .replace(/\{@link (.+?)\}/g, '`$1`') ?? '';
  return (/^.*?[.!?](?= [A-Z`]|$)/.exec(text)?.[0] ?? text).trim();
}

/** Gives the contract's types one short name, `Schemas['User']`, and strings one kind of quotes, and leaves out what is private. */
function simplify(file: string, modules: Modules): ts.TransformerFactory<ts.Node> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node | undefined => {
      if (ts.isClassElement(node) && isPrivate(node)) return undefined;
      if (ts.isStringLiteral(node)) return ts.factory.createStringLiteral(node.text, true);
      const schema = schemaNamed(node, file, modules);
      if (schema !== undefined) return schemaReference(schema);
      return ts.visitEachChild(node, visit, context);
    };
    return (node) => visit(node) as ts.Node;
  };
}

function schemaReference(name: string): ts.TypeNode {
  const literal = ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(name, true));
  return ts.factory.createIndexedAccessTypeNode(ts.factory.createTypeReferenceNode('Schemas'), literal);
}

function isPrivate(node: ts.ClassElement): boolean {
  if (ts.isConstructorDeclaration(node)) return false;
  if (node.name && ts.isPrivateIdentifier(node.name)) return true;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
}
