import { type Contract, type MediaType, operationsOf, resolve, type Schema } from '../lib/contract.js';

type Schemas = Contract['components']['schemas'];

/** The schemas by name, with the contract's examples instead of invented ones, and with names for the members of unions. */
export function readableSchemas(contract: Contract, schemas: Schemas): Schemas {
  const examples = examplesOf(contract);
  const inOrder = Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return Object.fromEntries(
    inOrder.map(([name, schema]) => {
      const readable = withoutRepetition(named(schema) as Schema);
      if (!isLookedUp(name, schema)) return [name, { ...readable, 'x-tags': nowhere }];
      const example = examples.get(name);
      return [name, example === undefined ? readable : { ...readable, example: withoutNulls(example) }];
    }),
  );
}

/** Redoc lists a schema under its tags. With a tag that does not exist, the schema is not listed. */
const nowhere = ['Not listed'];

/** Whether readers may look up a schema by name. They don't for payloads, responses and simple values, which are shown where they are used. */
function isLookedUp(name: string, { properties, oneOf, additionalProperties, enum: values }: Schema): boolean {
  if (/(?:Payload|Data|Response)$/.test(name)) return false;
  return [properties, oneOf, additionalProperties, values].some((each) => each !== undefined);
}

/** Drops the schema of additional properties if it equals that of a listed property, so that it is shown once. */
function withoutRepetition({ additionalProperties, ...schema }: Schema): Schema {
  if (additionalProperties === undefined) return schema;
  const reference = typeof additionalProperties === 'object' ? additionalProperties.$ref : undefined;
  const isListed = Object.values(schema.properties ?? {}).some(({ $ref }) => $ref !== undefined && $ref === reference);
  return isListed ? schema : { ...schema, additionalProperties };
}

/** The most complete value of each schema in the contract's examples. Without one, Redoc would invent a value. */
function examplesOf(contract: Contract): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (schema: Schema, value: unknown): void => {
    if (value === undefined || value === null) return;
    const name = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1];
    if (name && (!found.has(name) || saysMore(value, found.get(name)))) found.set(name, value);
    const { allOf = [], anyOf = [], oneOf = [], properties = {}, items } = resolve(contract, schema);
    for (const part of [...allOf, ...alternatives(contract, [...anyOf, ...oneOf], value)]) visit(part, value);
    for (const [key, part] of Object.entries(properties)) visit(part, (value as Record<string, unknown>)[key]);
    if (items && Array.isArray(value)) for (const each of value) visit(items, each);
  };
  for (const { schema, examples = {} } of mediaTypesOf(contract)) {
    for (const example of Object.values(examples)) if (schema) visit(schema, resolve(contract, example).value);
  }
  return found;
}

const saysMore = (value: unknown, than: unknown): boolean =>
  typeof value === 'object' && partsOf(value).length > partsOf(than).length;

const partsOf = (value: unknown): string[] => Object.keys(Object(withoutNulls(value)));

/** An example without null values, which say nothing about a property. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each)]));
}

/** The members of a union that a value can belong to, by `_type` if there is one. */
function alternatives(contract: Contract, members: readonly Schema[], value: unknown): Schema[] {
  return members.filter((member) => {
    const type = resolve(contract, member).properties?._type?.const;
    return type === undefined || type === (value as { _type?: unknown })._type;
  });
}

function mediaTypesOf(contract: Contract): MediaType[] {
  const operations = [...operationsOf(contract)].flatMap(({ operation: { requestBody, responses } }) => [
    requestBody,
    ...Object.values(responses),
  ]);
  const events = Object.values(contract.webhooks).map(({ post }) => post.requestBody);
  return [...operations, ...events].flatMap((body) =>
    body ? Object.values(resolve<{ content?: Record<string, MediaType> }>(contract, body).content ?? {}) : [],
  );
}

/**
 * Names the parts that Redoc would number. A list of known values next to `type: string` means that others are possible. A union without
 * `type` would be shown as "any".
 */
function named(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(named);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, named(value)]));
  if (copy.oneOf && !copy.type) copy.type = 'object';
  if (copy.additionalProperties === true) copy.additionalProperties = {};
  if (typeof copy.additionalProperties === 'object') {
    copy.additionalProperties = { ...copy.additionalProperties, 'x-additionalPropertiesName': 'any name' };
  }
  const [known, other] = copy.anyOf ?? [];
  if (known && other?.type === 'string' && !other.enum) {
    copy.anyOf = [known.enum ? { ...known, title: 'known' } : known, { ...other, title: 'any other' }];
  }
  return copy;
}
