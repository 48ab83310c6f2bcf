import ts from 'typescript';

/** Which way values of a type go: users give them (`in`), get them (`out`), or both. */
export type Direction = 'in' | 'out' | 'both';

/** What a name means in a report. Schemas of the contract have names of their own: `Schemas['User']`. */
export type Declarations = ReadonlyMap<string, readonly ts.Statement[]>;

/** The direction of each declaration, and, as `Name.member`, of those of which only a member is used. */
export type Directions = ReadonlyMap<string, Direction>;

export const flip = (direction: Direction): Direction =>
  direction === 'both' ? 'both' : direction === 'in' ? 'out' : 'in';

/** Generic types whose values go where the type goes that they are given. */
const transparent = new Set(['Array', 'Omit', 'Partial', 'Pick', 'Promise', 'Readonly', 'ReadonlyArray', 'Record']);

/** Finds which way each type goes, from the exported functions, classes and constants: users call them and get what they give. */
export function directionsOf(declarations: Declarations, exported: readonly string[]): Directions {
  const found = new Map<string, Direction>();

  /** False if that is known already. */
  const note = (name: string, direction: Direction): boolean => {
    const known = found.get(name);
    if (known === direction || known === 'both') return false;
    found.set(name, known ? 'both' : direction);
    return true;
  };
  const reach = (name: string, direction: Direction): void => {
    const nodes = declarations.get(name);
    if (nodes && note(name, direction)) for (const node of nodes) visit(node, direction);
  };

  const visit = (node: ts.Node, direction: Direction): void => {
    const each = (nodes: readonly ts.Node[] | undefined, way = direction) => {
      for (const child of nodes ?? []) visit(child, way);
    };
    const schema = schemaName(node);
    if (schema !== undefined) {
      reach(schema, direction);
    } else if (ts.isFunctionLike(node)) {
      // What makes a type argument valid, the caller gives.
      each(node.typeParameters, flip(direction));
      each(node.parameters, flip(direction));
      each(node.type && [node.type]);
    } else if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const name = node.getChildAt(0).getText();
      const picked = name === 'Pick' ? pickOf(node.typeArguments ?? []) : undefined;
      if (picked) {
        reachMembers(picked, direction);
      } else {
        each(node.typeArguments, transparent.has(name) ? direction : 'both');
        reach(name, direction);
      }
    } else if (ts.isTypeQueryNode(node)) {
      reach(node.exprName.getText(), direction);
    } else if (ts.isUnionTypeNode(node)) {
      each(node.types, isOpen(node, declarations) ? 'in' : direction);
    } else {
      const unclear = ts.isConditionalTypeNode(node) || ts.isMappedTypeNode(node);
      each(node.getChildren(), unclear ? 'both' : direction);
    }
  };

  const reachMembers = ({ name, members }: { name: string; members: readonly string[] }, direction: Direction) => {
    const [node] = declarations.get(name) ?? [];
    if (!node || !ts.isInterfaceDeclaration(node)) {
      reach(name, direction);
    } else {
      for (const member of node.members) {
        const text = member.name?.getText() ?? '';
        if (members.includes(text) && note(`${name}.${text}`, direction)) visit(member, direction);
      }
    }
  };

  for (const name of exported) {
    if ((declarations.get(name) ?? []).some((node) => isValue(node))) reach(name, 'out');
  }
  return found;
}

/** Whether a union takes any string beside those it lists: whoever reads one must expect what is not listed. */
export function isOpen(node: ts.UnionTypeNode, declarations: Declarations): boolean {
  return node.types.some((type) => isOpenString(type, declarations));
}

function isOpenString(node: ts.TypeNode, declarations: Declarations): boolean {
  if (ts.isParenthesizedTypeNode(node)) return isOpenString(node.type, declarations);
  if (ts.isIntersectionTypeNode(node)) return node.types.some((type) => isOpenString(type, declarations));
  if (ts.isTypeReferenceNode(node)) {
    const [alias] = declarations.get(node.typeName.getText()) ?? [];
    return alias !== undefined && ts.isTypeAliasDeclaration(alias) && isOpenString(alias.type, declarations);
  }
  return node.kind === ts.SyntaxKind.StringKeyword;
}

const isValue = (node: ts.Node) =>
  ts.isFunctionDeclaration(node) || ts.isVariableStatement(node) || ts.isClassDeclaration(node);

function schemaName(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node)) return undefined;
  return node.objectType.getText() === 'Schemas' ? node.getText() : undefined;
}

function pickOf([type, keys]: readonly ts.TypeNode[]): { name: string; members: string[] } | undefined {
  if (!type || !keys || !ts.isTypeReferenceNode(type)) return undefined;
  const literals = ts.isUnionTypeNode(keys) ? keys.types : [keys];
  const members = literals.flatMap((key) =>
    ts.isLiteralTypeNode(key) && ts.isStringLiteral(key.literal) ? [key.literal.text] : [],
  );
  return members.length === literals.length ? { name: type.typeName.getText(), members } : undefined;
}
