import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true });

type Nodes = ts.Node | readonly ts.Node[];

const isOne = (nodes: Nodes): nodes is ts.Node => 'kind' in nodes;

/** A node as it is told of. */
export function textOf(node: Nodes): string {
  if (!isOne(node)) return node.map(textOf).join(' ');
  return printer
    .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
    .replace(/"/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether two nodes mean the same. */
export const isSame = (old: Nodes, fresh: Nodes): boolean => meaningOf(old) === meaningOf(fresh);

/**
 * A node as it is compared. Layout, comments, quotes, parentheses, the order of a union's types and of members, the two ways to write a
 * list, and names of parameters and type parameters say nothing.
 */
export function meaningOf(node: Nodes): string {
  if (!isOne(node)) return node.map(meaningOf).join(' ');
  if (ts.isParenthesizedTypeNode(node)) return meaningOf(node.type);
  const list = listOf(node);
  if (list) return `${list.isReadonly ? 'readonly ' : ''}list of ${meaningOf(list.element)}`;
  if (ts.isUnionTypeNode(node)) return `(${[...armsOf(node).keys()].sort().join(' | ')})`;
  if (ts.isStringLiteral(node)) return isNameOf(node.parent, node) ? node.text : JSON.stringify(node.text);
  if (ts.isIdentifier(node)) return boundName(node) ?? node.text;
  if (node.kind === ts.SyntaxKind.SyntaxList) return listMeaning(node.getChildren());
  const children = node.getChildren();
  if (children.length === 0) return node.getText();
  const parts = children.filter((child) => isNoSeparator(child) && !ts.isJSDoc(child) && !isIgnoredName(node, child));
  return `[${parts.map(meaningOf).join(' ')}]`;
}

function listMeaning(children: readonly ts.Node[]): string {
  const parts = children.filter(isNoSeparator);
  const meanings = parts.map(meaningOf);
  const anyOrder =
    parts.every(ts.isModifier) || parts.every((part) => ts.isTypeElement(part) || ts.isClassElement(part));
  return (anyOrder ? meanings.sort() : meanings).join(', ');
}

const isNoSeparator = ({ kind }: ts.Node) => kind !== ts.SyntaxKind.CommaToken && kind !== ts.SyntaxKind.SemicolonToken;

const isNameOf = (parent: ts.Node, node: ts.Node) => 'name' in parent && parent.name === node;

/** The name of a parameter or type parameter; `this` is no name. */
function isIgnoredName(parent: ts.Node, node: ts.Node): boolean {
  if (!isNameOf(parent, node)) return false;
  return ts.isTypeParameterDeclaration(parent) || (ts.isParameter(parent) && node.getText() !== 'this');
}

/** What a list is of, however it is written. */
export function listOf(node: ts.Node): { element: ts.TypeNode; isReadonly: boolean } | undefined {
  if (ts.isArrayTypeNode(node)) return { element: node.elementType, isReadonly: false };
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword && ts.isArrayTypeNode(node.type)) {
    return { element: node.type.elementType, isReadonly: true };
  }
  if (!ts.isTypeReferenceNode(node) || node.typeArguments?.length !== 1) return undefined;
  const [element] = node.typeArguments;
  const name = node.typeName.getText();
  if (!element || (name !== 'Array' && name !== 'ReadonlyArray')) return undefined;
  return { element, isReadonly: name === 'ReadonlyArray' };
}

/** The types of a union by their meanings, with their texts; of any other type itself. */
export function armsOf(node: ts.TypeNode): Map<string, string> {
  if (ts.isParenthesizedTypeNode(node)) return armsOf(node.type);
  if (ts.isUnionTypeNode(node)) return new Map(node.types.flatMap((type) => [...armsOf(type)]));
  return new Map([[meaningOf(node), textOf(node)]]);
}

/** A parameter or type parameter by its place, where a name refers to one. */
function boundName(node: ts.Identifier): string | undefined {
  if (isNameOf(node.parent, node)) return undefined;
  let depth = 0;
  for (let scope: ts.Node = node.parent; scope && !ts.isSourceFile(scope); scope = scope.parent) {
    const bound = namesBoundBy(scope);
    if (!bound) continue;
    for (const [kind, names] of Object.entries(bound)) {
      const index = names.indexOf(node.text);
      if (index >= 0) return `${kind} ${depth}.${index}`;
    }
    depth += 1;
  }
  return undefined;
}

/** The names that hold within a node alone; undefined where it can have none. */
function namesBoundBy(scope: ts.Node): Record<string, string[]> | undefined {
  if (ts.isMappedTypeNode(scope)) return { type: [scope.typeParameter.name.text] };
  if (ts.isConditionalTypeNode(scope)) return { type: inferredIn(scope.extendsType) };
  if (ts.isFunctionLike(scope)) return { value: namesOf(scope.parameters), type: namesOf(scope.typeParameters) };
  if (ts.isClassDeclaration(scope) || ts.isInterfaceDeclaration(scope) || ts.isTypeAliasDeclaration(scope)) {
    return { type: namesOf(scope.typeParameters) };
  }
  return undefined;
}

const namesOf = (nodes: readonly (ts.ParameterDeclaration | ts.TypeParameterDeclaration)[] = []) =>
  nodes.map(({ name }) => name.getText());

function inferredIn(node: ts.Node): string[] {
  if (ts.isInferTypeNode(node)) return [node.typeParameter.name.text];
  return node.getChildren().flatMap(inferredIn);
}
