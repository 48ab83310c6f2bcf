import { ContractError } from '../lib/contract.js';
import ts from '../lib/typescript.cjs';

/** A schema as openapi-typescript writes it. */
interface Written {
  /** The comment, or '' if there is none. */
  readonly comment: string;
  readonly node: ts.TypeNode;
}

/** Prints schemas of `generated/openapi.ts` as named types, so that editors show a name instead of a path. */
export interface ObjectPrinter {
  /** The type of a property of a schema. If it is a reference, its target is printed. */
  printProperty(schema: string, property: string): string;
  /** A schema and all schemas that printed types refer to, in the order of the contract. */
  printWithNamed(schema: string): string;
}

/** @param source `generated/openapi.ts` */
export function objectPrinter(source: string): ObjectPrinter {
  const file = ts.createSourceFile('openapi.ts', source, ts.ScriptTarget.Latest);
  const schemas = schemasIn(file);
  const named = new Set<string>();

  const schemaOf = (name: string): Written => {
    const schema = schemas.get(name);
    if (schema) return schema;
    throw new ContractError(`generated/openapi.ts has no schema ${name}.`);
  };

  const print = (node: ts.TypeNode): string =>
    dedented(node.getText(file)).replaceAll(reference, (_, name: string) => {
      named.add(name);
      return name;
    });

  return {
    printProperty(schema, property) {
      const parts = partsOf(schemaOf(schema).node);
      const type = parts.flatMap((part) => propertiesOf(part, file)).find(({ name }) => name === property)
        ?.written.node;
      if (!type) throw new ContractError(`components.schemas.${schema} has no property "${property}".`);
      const [, target] = wholeReference.exec(type.getText(file)) ?? [];
      return print(target ? schemaOf(target).node : type);
    },
    printWithNamed(schema) {
      named.add(schema);
      const printed = new Map<string, string>();
      // Printing a schema may add further names to the set, which are printed next.
      for (const name of named) {
        const { comment, node } = schemaOf(name);
        printed.set(name, `${comment}\nexport type ${name} = ${print(node)};\n`.trimStart());
      }
      return [...schemas.keys()].flatMap((name) => printed.get(name) ?? []).join('\n');
    },
  };
}

const reference = /components\["schemas"\]\["(\w+)"\]/g;
const wholeReference = new RegExp(`^${reference.source}$`);

function schemasIn(file: ts.SourceFile): Map<string, Written> {
  const components = file.statements.find(
    (each) => ts.isInterfaceDeclaration(each) && each.name.text === 'components',
  ) as ts.InterfaceDeclaration;
  const schemas = membersOf(components.members, file).find(({ name }) => name === 'schemas')?.written.node;
  return new Map(schemas && propertiesOf(schemas, file).map(({ name, written }) => [name, written]));
}

/** A schema that extends others is an intersection. */
const partsOf = (node: ts.TypeNode): readonly ts.TypeNode[] => (ts.isIntersectionTypeNode(node) ? node.types : [node]);

const propertiesOf = (node: ts.TypeNode, file: ts.SourceFile) =>
  ts.isTypeLiteralNode(node) ? membersOf(node.members, file) : [];

function membersOf(members: ts.NodeArray<ts.TypeElement>, file: ts.SourceFile): { name: string; written: Written }[] {
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || !member.type) return [];
    const comment = dedented(file.text.slice(member.pos, member.getStart(file)).trim());
    return [{ name: member.name.getText(file), written: { comment, node: member.type } }];
  });
}

/** Removes the indentation of the last line from all lines, and reduces four spaces to two. */
function dedented(text: string): string {
  const [, margin = ''] = /\n((?: {4})*).*$/.exec(text) ?? [];
  return text.replaceAll(`\n${margin}`, '\n').replaceAll(/^(?: {4})+/gm, (spaces) => ' '.repeat(spaces.length / 2));
}
