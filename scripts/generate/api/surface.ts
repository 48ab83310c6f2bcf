import ts from 'typescript';
import { DeclarationError } from './declaration-error.js';
import type { Declared, Modules } from './modules.js';

/** The types of the contract, and what openapi-typescript calls them. The rest of that file is the contract again. */
const schemasFile = 'generated/openapi.ts';
const [components, schemas] = ['components', 'schemas'];

export interface Surface {
  /** The exports of each entry point, by its name. */
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, Declared>>;
  /** What no entry point exports, but the signature of an export needs. */
  readonly reached: ReadonlyMap<string, Declared>;
  /** The schemas of the contract that signatures need. */
  readonly schemas: ReadonlyMap<string, Declared>;
}

/** Everything that a change can be seen in from outside: what the entry points export, and all that this refers to. */
export function collectSurface(modules: Modules, entryFiles: ReadonlyMap<string, string>): Surface {
  const entries = new Map([...entryFiles].map(([name, file]) => [name, modules.exportsOf(file)] as const));
  const byName = new Map<string, Declared>();
  const schemaByName = new Map<string, Declared>();

  const reach = (declared: Declared): void => {
    if (declared.file === schemasFile) return;
    const known = byName.get(declared.name);
    if (known?.nodes[0] === declared.nodes[0]) return;
    if (known) {
      throw new DeclarationError(
        `${known.file} and ${declared.file} both have a ${declared.name} that signatures need: rename one of them.`,
      );
    }
    byName.set(declared.name, declared);
    follow(declared);
  };
  const reachSchema = (name: string): void => {
    if (schemaByName.has(name)) return;
    const declared = schemaOf(modules, name);
    schemaByName.set(name, declared);
    follow(declared);
  };
  const follow = ({ file, nodes }: Declared): void => {
    for (const node of nodes) {
      for (const reference of referencesOf(node)) {
        const schema = schemaNamed(reference, file, modules);
        if (schema !== undefined) reachSchema(schema);
        else if (!ts.isIndexedAccessTypeNode(reference)) {
          const meaning = modules.lookUp(file, leftmost(reference));
          if (meaning !== 'elsewhere' && !isSchemas(meaning)) reach(meaning);
        }
      }
    }
  };

  for (const exports of entries.values()) for (const declared of exports.values()) reach(declared);
  const exported = new Set([...entries.values()].flatMap((exports) => [...exports.values()].map(({ name }) => name)));
  return {
    entries,
    reached: new Map([...byName].filter(([name]) => !exported.has(name))),
    schemas: schemaByName,
  };
}

/** The name of the schema, where a type is one of the contract's: `components['schemas']['User']`, or by an alias of the first two. */
export function schemaNamed(node: ts.Node, file: string, modules: Modules): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node)) return undefined;
  const name = literalOf(node.indexType);
  const { objectType } = node;
  if (isSchemasAccess(objectType)) return name;
  if (!ts.isTypeReferenceNode(objectType)) return undefined;
  const meaning = modules.lookUp(file, leftmost(objectType));
  return meaning !== 'elsewhere' && isSchemas(meaning) ? name : undefined;
}

function isSchemas({ nodes: [node] }: Declared): boolean {
  return node !== undefined && ts.isTypeAliasDeclaration(node) && isSchemasAccess(node.type);
}

function isSchemasAccess(node: ts.TypeNode): boolean {
  return (
    ts.isIndexedAccessTypeNode(node) &&
    literalOf(node.indexType) === schemas &&
    ts.isTypeReferenceNode(node.objectType) &&
    leftmost(node.objectType) === components
  );
}

function schemaOf(modules: Modules, name: string): Declared {
  const node = modules.exportsOf(schemasFile).get(components as string)?.nodes[0];
  const all = node && ts.isInterfaceDeclaration(node) ? memberNamed(node.members, schemas as string) : undefined;
  const one = all && ts.isTypeLiteralNode(all) ? memberNamed(all.members, name) : undefined;
  if (!one) throw new DeclarationError(`${schemasFile} has no schema ${name}, which src/ refers to.`);
  return { file: schemasFile, name, nodes: [one] };
}

function memberNamed(members: ts.NodeArray<ts.TypeElement>, name: string): ts.TypeNode | undefined {
  const member = members.find((each) => each.name && ts.isPropertyName(each.name) && nameOf(each.name) === name);
  return member && ts.isPropertySignature(member) ? member.type : undefined;
}

const nameOf = (name: ts.PropertyName): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();

const literalOf = (node: ts.TypeNode): string | undefined =>
  ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;

type Reference =
  | ts.TypeReferenceNode
  | ts.ExpressionWithTypeArguments
  | ts.TypeQueryNode
  | ts.IndexedAccessTypeNode
  | ts.ComputedPropertyName;

/** The nodes of a declaration that name something outside it. */
function referencesOf(declaration: ts.Node): Reference[] {
  const found: Reference[] = [];
  const own = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeParameterDeclaration(node)) own.add(node.name.text);
    if (ts.isIndexedAccessTypeNode(node)) {
      found.push(node);
      // Of `Schemas['User']` only the whole is a reference.
      if (literalOf(node.indexType) !== undefined && ts.isTypeReferenceNode(node.objectType)) {
        found.push(node.objectType);
        return;
      }
    }
    if (
      ts.isTypeReferenceNode(node) ||
      ts.isExpressionWithTypeArguments(node) ||
      ts.isTypeQueryNode(node) ||
      ts.isComputedPropertyName(node)
    ) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found.filter((node) => ts.isIndexedAccessTypeNode(node) || !own.has(leftmost(node)));
}

/** The identifier that a reference begins with: `a` of `a.b.c`. */
function leftmost(reference: Exclude<Reference, ts.IndexedAccessTypeNode>): string {
  let node: ts.Node = ts.isTypeReferenceNode(reference)
    ? reference.typeName
    : ts.isTypeQueryNode(reference)
      ? reference.exprName
      : (reference as ts.ExpressionWithTypeArguments | ts.ComputedPropertyName).expression;
  while (ts.isQualifiedName(node) || ts.isPropertyAccessExpression(node)) {
    node = ts.isQualifiedName(node) ? node.left : node.expression;
  }
  return ts.isIdentifier(node) ? node.text : '';
}
