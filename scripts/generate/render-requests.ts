import { type Contract, ContractError, operationsOf, resolve, type Schema } from '../lib/contract.js';
import { banner, quote } from './generated-files.js';

/** The property that tells the members of a union apart. */
const tag = '_type';

/** `generated/request-bodies.ts`: the shape of each request's body, for the checks at run time. */
export function renderRequestBodies(contract: Contract): string {
  const { print, constants } = printerOf(contract);
  const bodies = [...operationsOf(contract)].flatMap(({ operation }) => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    if (!schema) return [];
    const required = (resolve(contract, schema).required ?? []).map(quote).join(', ');
    return [`  ${operation.operationId}: { shape: ${print(schema)}, required: [${required}] },\n`];
  });
  return `${banner()}
${[...constants].map(([code, name]) => `const ${name} = ${code} as const;\n`).join('')}
/** The body of each operation that has one. Within it all is required. An event type may be any string: Dixa adds some. */
export const requestBodies = {
${bodies.join('')}} as const;
`;
}

/**
 * Prints schemas as shapes, which src/client/checks.ts explains. A named one becomes a constant, after those that it
 * refers to; two that are alike become one.
 */
function printerOf(contract: Contract) {
  const constants = new Map<string, string>();

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

  const printUnnamed = ({ type, items, minItems, oneOf, anyOf, ...schema }: Schema): string => {
    const { properties, additionalProperties } = schema;
    if (schema.enum) return quote(schema.enum.join(' or '));
    if (oneOf) return printUnion(oneOf);
    if (items) return `[${print(items)}${minItems ? `, ${minItems}` : ''}]`;
    if (typeof additionalProperties === 'object') return braced([`'*': ${print(additionalProperties)}`]);
    if (properties && additionalProperties === false) {
      const fields = Object.entries(properties).filter(([name]) => name !== tag);
      return braced(fields.map(([name, property]) => `${name}: ${print(property)}`));
    }
    // Known values beside any string.
    if (type === 'string' || anyOf?.some((member) => resolve(contract, member).type === 'string')) return text;
    if (type === 'boolean') return quote('a boolean');
    throw new ContractError(`A request holds ${JSON.stringify(schema)}, which cannot be checked at run time.`);
  };

  return { print, constants };
}

const text = quote('a string');

const braced = (parts: readonly string[]) => (parts.length > 0 ? `{ ${parts.join(', ')} }` : '{}');

const nameOf = ({ $ref }: Schema) => $ref?.split('/').at(-1);
