import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type * as AjvModule from 'ajv';
import type Standalone from 'ajv/dist/standalone/index.js';
import { type Contract, ContractError, resolve, type Schema } from '../lib/contract.js';
import { isObject, type Json } from '../lib/json-pointer.js';

// Required, not imported: an import would run the hooks of tsx on each of its modules.
const require = createRequire(import.meta.url);

/** Compiles schemas to JavaScript. Each schema, and each that it refers to, becomes one function. */
export function compilerOf(contract: Contract) {
  const { Ajv } = require('ajv') as typeof AjvModule;
  const standaloneCode = require('ajv/dist/standalone') as typeof Standalone.default;
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    inlineRefs: false,
    // Lint has already checked the schemas.
    meta: false,
    validateSchema: false,
    formats: { uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'date-time': dateTime() },
    code: { source: true, esm: true, lines: true },
  });
  /** The name of each schema, by its reference or, without one, its text. */
  const names = new Map<string, string>();

  /** The name of the function that checks a schema. References are compiled first, so that errors name the right schema. */
  const functionOf = (schema: Schema, nameIfNone: string): string => {
    const key = schema.$ref ?? JSON.stringify(schema);
    const name = names.get(key) ?? (schema.$ref ? schemaName(schema.$ref) : capitalized(nameIfNone));
    if (!names.has(key)) {
      names.set(key, name);
      const references = new Set<string>();
      try {
        ajv.addSchema(pruned(contract, resolve(contract, schema), references), name);
        for (const $ref of references) functionOf({ $ref }, '');
        ajv.getSchema(name);
      } catch (error) {
        if (error instanceof ContractError) throw error;
        const place = schema.$ref?.slice(2).replaceAll('/', '.') ?? `The schema of ${nameIfNone}`;
        throw new ContractError(`${place}: ${(error as Error).message}. ${advice}`);
      }
    }
    return `validate${name}`;
  };

  const code = (): string => {
    const all = [...names.values()];
    const identifiers = new Map(all.map((name) => [`${ajv.getSchema(name)?.source?.validateName}`, `validate${name}`]));
    const source = standaloneCode(ajv, Object.fromEntries(all.map((name) => [name, name])));
    const [helper] = /(?<=require\(")[^"]+/.exec(source) ?? [];
    if (helper)
      throw new ContractError(`A schema uses a keyword that needs ${helper}, which is not shipped. ${advice}`);
    return source
      .replaceAll(/^export const .*\n/gm, '')
      .replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/g, '')
      .replaceAll(/\bvalidate\d+\b/g, (id) => identifiers.get(id) ?? id);
  };

  return { functionOf, code };
}

const advice = 'Change the schema, or make scripts/generate/compile-schemas.ts support it.';

const schemaName = (reference: string): string => reference.replace('#/components/schemas/', '').replaceAll(/\W/g, '_');

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Keywords that do not restrict values. */
const annotations = /^(title|description|default|examples?|externalDocs|deprecated|readOnly|writeOnly|xml|x-.*)$/;

/**
 * A schema that accepts the same values, but compiles to less code and clearer errors.
 *
 * @param references collects what the schema refers to
 */
function pruned(contract: Contract, schema: Schema, references: Set<string>): Json {
  const inner = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inner);
    return isObject(node) ? pruned(contract, node, references) : node;
  };
  const entryOf = (key: string, value: unknown): Json => {
    if (annotations.test(key)) return {};
    if (key === 'const' || key === 'enum') return { [key]: value };
    if (key === '$ref') {
      references.add(value as string);
      return { $ref: schemaName(value as string) };
    }
    if (key === 'properties' || key === 'patternProperties') {
      const properties = Object.entries(value as Json).map(([name, property]) => [name, inner(property)]);
      return { [key]: Object.fromEntries(properties) };
    }
    if (key === 'anyOf' && isAnyString(contract, value as Schema[])) return { type: 'string' };
    // Without a type, ajv would accept values that are not objects.
    if (key === 'discriminator') return { type: 'object', [key]: value };
    if (key === 'format' && value === 'int32') return { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    // With the type of unique items at hand, ajv needs no helper to compare them.
    if (key === 'items' && schema.uniqueItems) {
      return { items: { type: resolve(contract, value as Schema).type, ...(inner(value) as Json) } };
    }
    return { [key]: inner(value) };
  };
  return Object.assign({}, ...Object.entries(schema).map(([key, value]) => entryOf(key, value)));
}

/** Whether any string fits, besides the known ones that are listed. */
const isAnyString = (contract: Contract, members: readonly Schema[]): boolean =>
  members.some((member) => isDeepStrictEqual(member, { type: 'string' })) &&
  members.every((member) => resolve(contract, member).type === 'string');

/** A date and time of RFC 3339 that exists. A leap second may only end a day in UTC. */
function dateTime(): RegExp {
  const leapYear = '([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)';
  const inMonth = '(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31';
  const time = '([01][0-9]|2[0-3]):[0-5][0-9]';
  const fraction = '([.][0-9]+)?';
  const date = `([0-9]{4}-(${inMonth})|${leapYear}-02-29)`;
  return new RegExp(`^${date}T(${time}:[0-5][0-9]${fraction}(Z|[+-]${time})|23:59:60${fraction}Z)$`, 'i');
}
