import ts from 'typescript';
import { isValue } from '../generate/api/statements.js';

/** Which way values of a type go: users give them (`in`), get them (`out`), or both. */
export type Direction = 'in' | 'out' | 'both';

/** What a name means in a report. Schemas of the contract have names of their own: `Schemas['User']`. */
export type Declarations = ReadonlyMap<string, readonly ts.Statement[]>;

/** The direction of each declaration, and, as `Name.member`, of those of which only a member is used. */
export type Directions = ReadonlyMap<string, Direction>;

export const flip = (direction: Direction): Direction =>
  direction === 'both' ? 'both' : direction === 'in' ? 'out' : 'in';

/** Generic types of TypeScript whose values go where those of their arguments go. */
const transparent = new Set(['Array', 'Omit', 'Partial', 'Pick', 'Promise', 'Readonly', 'ReadonlyArray', 'Record']);

type See = (name: string, direction: Direction) => void;

interface Walk {
  readonly see: See;
  readonly declarations: Declarations;
  /** The type parameters whose direction is being found: one that is passed on within itself is met again. */
  readonly inProgress: ReadonlySet<ts.Node>;
}

/** Finds which way each type goes, from the exported functions, classes and constants: users call them and get what they give. */
export function directionsOf(declarations: Declarations, exported: readonly string[]): Directions {
  const found = new Map<string, Direction>();
  const reach: See = (name, direction) => {
    const known = found.get(name);
    if (known === direction || known === 'both') return;
    found.set(name, known ? 'both' : direction);
    for (const node of declarations.get(name) ?? []) walk(node, direction, all);
  };
  const all: Walk = { see: reach, declarations, inProgress: new Set() };
  for (const name of exported) {
    if ((declarations.get(name) ?? []).some(isValue)) reach(name, 'out');
  }
  return found;
}

/** Tells of every name in a node which way its values go, if those of the node go `direction`. */
function walk(node: ts.Node, direction: Direction, context: Walk): void {
  const { see, declarations } = context;
  const each = (nodes: readonly (ts.Node | undefined)[] | undefined, way = direction) => {
    for (const child of nodes ?? []) if (child) walk(child, way, context);
  };
  const schema = schemaName(node);
  if (schema !== undefined) {
    see(schema, direction);
  } else if (ts.isTypeParameterDeclaration(node)) {
    // What makes an argument valid, the user gives.
    each([node.constraint], 'in');
    each([node.default], compose(direction, directionIn(node.parent, node, context)));
  } else if (ts.isFunctionLike(node)) {
    each(node.typeParameters);
    each(node.parameters, flip(direction));
    each([node.type]);
  } else if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
    const name = node.getChildAt(0).getText();
    const picked = name === 'Pick' ? pickOf(node.typeArguments ?? [], declarations) : undefined;
    for (const [index, argument] of (picked ? [] : (node.typeArguments ?? [])).entries()) {
      each([argument], compose(direction, argumentDirection(name, index, context)));
    }
    // Who hands over a part has the whole from the package, and made none of what its members take and give.
    for (const member of picked ?? []) see(member, direction);
    see(name, direction);
  } else if (ts.isTypeQueryNode(node)) {
    see(node.exprName.getText(), direction);
  } else if (ts.isUnionTypeNode(node)) {
    each(node.types, isOpen(node, declarations) ? 'in' : direction);
  } else if (ts.isConditionalTypeNode(node)) {
    // What decides between the two is no value.
    each([node.trueType, node.falseType]);
  } else if (ts.isMappedTypeNode(node)) {
    each([node.type]);
  } else {
    each(node.getChildren());
  }
}

const compose = (outer: Direction, inner: Direction): Direction =>
  outer === 'both' || inner === 'both' ? 'both' : inner === 'in' ? flip(outer) : outer;

function argumentDirection(generic: string, index: number, context: Walk): Direction {
  if (transparent.has(generic)) return 'out';
  const [declaration] = context.declarations.get(generic) ?? [];
  const parameter =
    declaration && 'typeParameters' in declaration ? (declaration as Generic).typeParameters?.[index] : undefined;
  return declaration && parameter ? directionIn(declaration, parameter, context) : 'both';
}

type Generic = ts.Statement & { typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> };

/** Which way the values of a type parameter go in its declaration. One that is only passed on within itself counts as both. */
function directionIn(declaration: ts.Node, parameter: ts.TypeParameterDeclaration, context: Walk): Direction {
  if (context.inProgress.has(parameter)) return 'both';
  let found: Direction | undefined;
  const see: See = (name, direction) => {
    if (name === parameter.name.text) found = found && found !== direction ? 'both' : direction;
  };
  const within = { ...context, see, inProgress: new Set([...context.inProgress, parameter]) };
  for (const child of declaration.getChildren()) walk(child, 'out', within);
  return found ?? 'out';
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

function schemaName(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node)) return undefined;
  return node.objectType.getText() === 'Schemas' ? node.getText() : undefined;
}

/** The members that `Pick` takes of an interface, as `Name.member`. */
function pickOf([type, keys]: readonly ts.TypeNode[], declarations: Declarations): string[] | undefined {
  if (!type || !keys || !ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  const [declaration] = declarations.get(name) ?? [];
  if (!declaration || !ts.isInterfaceDeclaration(declaration)) return undefined;
  return (ts.isUnionTypeNode(keys) ? keys.types : [keys]).map((key) => `${name}.${key.getText().slice(1, -1)}`);
}
