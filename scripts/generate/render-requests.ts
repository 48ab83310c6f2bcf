import { type Contract, ContractError, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { banner, quote } from './generated-files.js';

/** The property that distinguishes the members of a union. */
const tag = '_type';

/** `generated/request-bodies.ts`: the shape of each request body, for the checks at run time. */
export function renderRequestBodies(contract: Contract): string {
  const { printBody, constants } = printerOf(contract);
  const bodies = [...operationsOf(contract)].flatMap(({ operation }) => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    return schema ? [`  ${operation.operationId}: ${printBody(schema)},\n`] : [];
  });
  return `${banner()}
${[...constants].map(([code, name]) => `const ${name} = ${code} as const;\n`).join('')}
/**
 * The request bodies, by operation. Objects within them require all of their properties. An event type may be any string,
 * because Dixa adds event types over time.
 */
export const requestBodies = {
${bodies.join('')}} as const;
`;
}

/**
 * Prints schemas as shapes, which src/client/checks.ts explains. A named schema becomes a constant, after those that it
 * refers to. Two equal schemas share one.
 */
function printerOf(contract: Contract) {
  const constants = new Map<string, string>();

  const printBody = (schema: Schema): string => {
    const { properties = {}, required = [] } = resolve(contract, schema);
    const shape = constantOf(schema, printProperties(properties));
    return braced([`shape: ${shape}`, `required: [${required.map(quote).join(', ')}]`]);
  };

  const print = (schema: Schema): string => {
    const target = resolve(contract, schema);
    if (target.properties?.[tag]) return printUnion([schema]);
    const code = nameOf(schema) === 'WebhookEventType' ? text : printUnnamed(target);
    return code.startsWith("'") ? code : constantOf(schema, code);
  };

  const constantOf = (schema: Schema, code: string) => {
    const name = nameOf(schema);
    if (name && !constants.has(code)) constants.set(code, name);
    return constants.get(code) ?? code;
  };

  const printUnion = (members: readonly Schema[]) => {
    const printed = members.map((member) => {
      const target = resolve(contract, member);
      return `${target.properties?.[tag]?.const}: ${constantOf(member, printUnnamed(target))}`;
    });
    return braced([`${tag}: ${braced(printed)}`]);
  };

  const printProperties = (properties: Readonly<Record<string, Schema>>) => {
    const untagged = Object.entries(properties).filter(([name]) => name !== tag);
    return braced(untagged.map(([name, property]) => `${name}: ${print(property)}`));
  };

  const printUnnamed = ({ type, items, minItems, oneOf, anyOf, ...schema }: Schema): string => {
    const { properties, additionalProperties, required } = schema;
    if (schema.enum) return quote(schema.enum.join(' or '));
    if (oneOf) return printUnion(oneOf);
    if (items) return `[${print(items)}${minItems ? `, ${minItems}` : ''}]`;
    if (typeof additionalProperties === 'object') return braced([`'*': ${print(additionalProperties)}`]);
    if (
      properties &&
      additionalProperties === false &&
      Object.keys(properties).every((name) => required?.includes(name))
    )
      return printProperties(properties);
    // Known values or any other string.
    if (type === 'string' || anyOf?.some((member) => resolve(contract, member).type === 'string')) return text;
    if (type === 'boolean') return quote('a boolean');
    const found = JSON.stringify({ type, items, oneOf, anyOf, ...schema });
    throw new ContractError(`A request body contains ${found}, for which src/client/checks.ts has no shape.`);
  };

  return { printBody, constants };
}

const text = quote('a string');

const braced = (parts: readonly string[]) => (parts.length > 0 ? `{ ${parts.join(', ')} }` : '{}');

const nameOf = ({ $ref }: Schema) => $ref?.split('/').at(-1);
