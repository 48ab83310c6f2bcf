import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type * as AjvModule from 'ajv';
import type Standalone from 'ajv/dist/standalone/index.js';
import { type Contract, ContractError, resolve, type Schema } from '../lib/contract.js';
import { isObject, type Json } from '../lib/json-pointer.js';

// Imported, each of its modules would pass the hooks of tsx.
const require = createRequire(import.meta.url);

/** Compiles schemas to JavaScript, each named one and all that it refers to into a function of its own. */
export function compilerOf(contract: Contract) {
  const { Ajv } = require('ajv') as typeof AjvModule;
  const standaloneCode = require('ajv/dist/standalone') as typeof Standalone.default;
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    inlineRefs: false,
    // Lint has compared the contract with the meta-schema.
    meta: false,
    validateSchema: false,
    formats: { uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'date-time': dateTime() },
    code: { source: true, esm: true, lines: true },
  });
  /** The name of each schema, by its reference, or by its text if it has none. */
  const names = new Map<string, string>();

  /** The name of the function that checks a schema. What it refers to is compiled first, so that an error names the right schema. */
  const functionOf = (schema: Schema, nameIfNone: string): string => {
    const key = schema.$ref ?? JSON.stringify(schema);
    const name = names.get(key) ?? (schema.$ref ? schemaName(schema.$ref) : nameIfNone);
    if (!names.has(key)) {
      names.set(key, name);
      const references = new Set<string>();
      try {
        ajv.addSchema(pruned(contract, resolve(contract, schema), references), name);
        for (const $ref of references) functionOf({ $ref }, '');
        ajv.getSchema(name);
      } catch (error) {
        if (error instanceof ContractError) throw error;
        const place = schema.$ref ? schema.$ref.slice(2).replaceAll('/', '.') : `The schema of ${name}`;
        throw new ContractError(`${place} does not compile: ${(error as Error).message}.`);
      }
    }
    return identifier(name);
  };

  const code = (): string => {
    const all = [...names.values()];
    const identifiers = new Map(all.map((name) => [`${ajv.getSchema(name)?.source?.validateName}`, identifier(name)]));
    const source = standaloneCode(ajv, Object.fromEntries(all.map((name) => [name, name])));
    const [helper] = /(?<=require\(")[^"]+/.exec(source) ?? [];
    if (helper) throw new ContractError(`A keyword of the contract needs ${helper} at run time, which is not shipped.`);
    return source
      .replaceAll(/^export const .*\n/gm, '')
      .replaceAll(/\bvalidate\d+\b/g, (id) => identifiers.get(id) ?? id);
  };

  return { functionOf, code };
}

const schemaName = (reference: string): string => reference.replace('#/components/schemas/', '');

const identifier = (name: string): string => `validate${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const annotations = /^(title|description|default|examples?|externalDocs|deprecated|readOnly|writeOnly|xml|x-.*)$/;

/**
 * A schema that means the same, but compiles to less code and clearer errors.
 *
 * @param references gathers what it refers to
 */
function pruned(contract: Contract, schema: Schema, references: Set<string>): Json {
  const inner = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inner);
    return isObject(node) ? pruned(contract, node, references) : node;
  };
  // A list of known strings beside any string.
  if (schema.anyOf?.some((member) => isDeepStrictEqual(member, { type: 'string' }))) {
    if (schema.anyOf.every((member) => resolve(contract, member).type === 'string')) return { type: 'string' };
  }
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (annotations.test(key)) return [];
    if (key === 'const' || key === 'enum') return [[key, value]];
    if (key === '$ref') {
      references.add(value);
      return [[key, schemaName(value)]];
    }
    if (key === 'properties' || key === 'patternProperties') {
      return [[key, Object.fromEntries(Object.entries(value).map(([name, property]) => [name, inner(property)]))]];
    }
    // By itself, ajv takes what is no object for valid.
    if (key === 'discriminator')
      return [
        ['type', 'object'],
        [key, value],
      ];
    if (key === 'format' && value === 'int32')
      return [
        ['minimum', -(2 ** 31)],
        ['maximum', 2 ** 31 - 1],
      ];
    // Items whose type ajv sees are compared without a helper that would have to be shipped.
    if (key === 'items' && schema.uniqueItems) {
      return [[key, { type: resolve(contract, value as Schema).type, ...(inner(value) as Json) }]];
    }
    return [[key, inner(value)]];
  });
  return Object.fromEntries(entries);
}

/** RFC 3339, with the lengths of months and with leap years; a leap second only where it is midnight in UTC. */
function dateTime(): RegExp {
  const leapYear = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)`;
  const day = String.raw`(?:0[1-9]|1\d|2[0-8])`;
  const longer = '(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31';
  const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
  return new RegExp(
    String.raw`^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-${day}|${longer})|${leapYear}-02-29)T(?:${time}:[0-5]\d(?:\.\d+)?(?:Z|[+-]${time})|23:59:60(?:\.\d+)?Z)$`,
    'i',
  );
}
