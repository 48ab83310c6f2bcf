import ts from '../../lib/typescript.cjs';
import type { Sources } from './sources.js';

/** The exports of each entry point as declarations, and then the types that no entry point exports but declarations name. */
export function declarationsOf({ exports, program }: Sources): Map<string, string> {
  const checker = program.getTypeChecker();
  const exported = new Set([...exports.values()].flatMap((found) => [...found.values()]));
  const printed = new Set<ts.Symbol>();
  const named = new Set<ts.Symbol>();
  const print = (symbol: ts.Symbol) => {
    printed.add(symbol);
    return declarationOf(symbol, { checker, exported, named });
  };
  const sections = new Map<string, string>();
  for (const [entry, found] of exports) {
    const repeated = [...found].filter(([, symbol]) => printed.has(symbol)).map(([name]) => name);
    const texts = [...found.values()].filter((symbol) => !printed.has(symbol)).map(print);
    if (repeated.length > 0) texts.unshift(`// As above: ${repeated.sort().join(', ')}`);
    sections.set(entry, texts.join('\n\n'));
  }
  const others: string[] = [];
  // Printing one may name another, which then follows.
  for (const symbol of named) others.push(print(symbol));
  return sections.set('', others.join('\n\n'));
}

interface Context {
  readonly checker: ts.TypeChecker;
  readonly exported: ReadonlySet<ts.Symbol>;
  /** What declarations name and no entry point exports; printing adds to it. */
  readonly named: Set<ts.Symbol>;
}

type Extendable = ts.ClassDeclaration | ts.InterfaceDeclaration;

const isExtendable = (node: ts.Node): node is Extendable =>
  ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);

function declarationOf(symbol: ts.Symbol, context: Context): string {
  const { checker } = context;
  const [node] = symbol.declarations ?? [];
  if (!node) return '';
  if (ts.isVariableDeclaration(node)) {
    return (
      textOf(node.parent.parent, node.name.end, context) +
      (node.type ? `: ${textOf(node.type, node.type.end, context)};` : ';')
    );
  }
  if (isExtendable(node)) return blockOf(headOf(node, context), membersOf(node, symbol, context));
  if (!ts.isTypeAliasDeclaration(node)) return declared(node, context);
  const isList = ts.isIndexedAccessTypeNode(node.type) || ts.isTypeOperatorNode(node.type);
  // The table of events has the names of all event types.
  if (!isList || node.typeParameters || node.type.getText().includes('webhookEventTypes'))
    return declared(node, context);
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const head = `${textOf(node, node.name.end, context)} =`;
  if (type.flags & ts.TypeFlags.Object) return blockOf(head, membersOf(node, symbol, context));
  return `${head} ${checker.typeToString(type, undefined, inFull)};`;
}

const inFull =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

function blockOf(head: string, members: readonly string[]): string {
  if (members.length === 1 && !members[0]?.includes('\n')) return `${head} { ${members[0]} }`;
  return `${head} {${members.map((each) => `\n  ${each}`).join('')}\n}`;
}

/** A class or interface up to its members. Of its bases only those that are printed too: what it has of others are members. */
function headOf(node: Extendable, context: Context): string {
  const bases = namedBases(node, context).map((base) => textOf(base, base.end, context));
  const promises = (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
    .map((clause) => ` ${textOf(clause, clause.end, context)}`);
  const end = (node.typeParameters?.end ?? node.name?.end ?? 0) + (node.typeParameters ? 1 : 0);
  const base = bases.length > 0 ? ` extends ${bases.join(', ')}` : '';
  return [textOf(node, end, context), base, ...promises].join('');
}

function namedBases(node: ts.Node, { checker, exported }: Context): ts.ExpressionWithTypeArguments[] {
  if (!isExtendable(node)) return [];
  const clauses = (node.heritageClauses ?? []).filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clauses.flatMap(({ types }) =>
    types.filter(({ expression }) => {
      const symbol = targetAt(expression, checker);
      return ts.isClassDeclaration(node) || isGenerated(node) || (symbol !== undefined && exported.has(symbol));
    }),
  );
}

function membersOf(node: ts.Node, symbol: ts.Symbol, context: Context): string[] {
  const { checker } = context;
  const bases = namedBases(node, context).map((base) => checker.getTypeAtLocation(base));
  const statics = ts.isClassDeclaration(node) ? [...(symbol.exports?.values() ?? [])] : [];
  const members = [...statics, ...checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))].flatMap(
    ({ name, declarations = [], flags }) => {
      const isInherited = bases.some((base) => base.getProperty(name));
      // The name of an error stands in each class anew.
      const isHidden = isInherited && name === 'name';
      const visible = declarations.filter((each) => isVisible(each) && (each.parent === node || !isInherited));
      return isHidden ? [] : visible.map((each) => declared(each, context, (flags & ts.SymbolFlags.Optional) !== 0));
    },
  );
  const index = ts.isInterfaceDeclaration(node) ? node.members.filter(ts.isIndexSignatureDeclaration) : [];
  return [...members, ...index.map((each) => declared(each, context))];
}

function isVisible(node: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(node);
  const isPrivate = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
  const isForeign = node.getSourceFile().fileName.includes('/node_modules/');
  return !isPrivate && !isForeign && !(name && ts.isPrivateIdentifier(name));
}

/** A declaration without its body or its value. A mapped type such as `Partial<T>` makes one optional that is not written so. */
function declared(node: ts.Declaration, context: Context, isOptional = false): string {
  const { body, type, initializer, questionToken } = node as ts.Declaration & { readonly [part in Part]?: ts.Node };
  const end = initializer ? (type?.end ?? node.end) : (body?.pos ?? node.end);
  const text = textOf(node, end, context, isOptional && !questionToken);
  return `${text.replace(/[;,]$/, '')};`;
}

type Part = 'body' | 'type' | 'initializer' | 'questionToken';

/** A node with its doc comment as it is written, with short names for the contract's schemas. Notes the names in it. */
function textOf(node: ts.Node, end: number, context: Context, isMarked = false): string {
  noteNames(node, end, context);
  const { text } = node.getSourceFile();
  // Of events the table has more than their comments.
  const isDocumented = !(isGenerated(node) && isExtendable(node));
  const doc = ts.getJSDocCommentsAndTags(node).find((each) => isDocumented && each.parent === node);
  const nameEnd = isMarked ? (ts.getNameOfDeclaration(node as ts.Declaration)?.end ?? end) : end;
  const code = [text.slice(node.getStart(), nameEnd), text.slice(nameEnd, end)]
    .join(isMarked ? '?' : '')
    .replace(/(?<=^|static )(?:(?:export|declare|override|async|abstract) )+/g, '')
    .replace(/(?:Schemas|components\[['"]schemas['"]\])\[['"](\w+)['"]\]/g, '$1')
    .replaceAll('"', "'");
  const comment = doc && inOneLine(doc.getText());
  return comment ? `${comment}\n${isMember(node) ? '  ' : ''}${code}` : code;
}

/** A comment in one line, without examples, which the README has, and without the marks of openapi-typescript. */
function inOneLine(comment: string): string {
  const text = comment
    .replace(/^\/\*\*|\s*@example[\s\S]*|\*\/$/g, '')
    .replace(/(?:\s*\n\s*\*?)+ */g, ' ')
    .replace(/Format: \S+ |@description | ?@(?:constant|enum \{string\})/g, '')
    .trim();
  return text && `/** ${text} */`;
}

const isMember = (node: ts.Node) => ts.isTypeElement(node) || ts.isClassElement(node);

function noteNames(node: ts.Node, end: number, context: Context): void {
  const { checker, exported, named } = context;
  if (node.pos >= end) return;
  if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
    const target = targetAt(ts.isTypeReferenceNode(node) ? node.typeName : node.expression, checker);
    const [declaration] = target?.declarations ?? [];
    const isType = declaration && !ts.isTypeParameterDeclaration(declaration) && isVisible(declaration);
    if (target && isType && !exported.has(target) && !isGenerated(declaration) && target.name !== 'Schemas')
      named.add(target);
  }
  ts.forEachChild(node, (child) => noteNames(child, end, context));
}

function targetAt(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const isGenerated = (node: ts.Node) => node.getSourceFile().fileName.includes('/generated/');
