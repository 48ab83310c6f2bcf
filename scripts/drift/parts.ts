import { child, isObject, type Json, own } from '../lib/json-pointer.js';
import { follow, type OpenApiDocument, type Spot } from './document.js';
import { type Fact, type Says, says } from './findings.js';

/** The keywords of a schema as in OpenAPI 3.1, with `null` separate and every list of values in `enum`. */
interface Keywords {
  $ref?: string;
  title?: string;
  type?: string[];
  nullable?: true;
  enum?: string[];
  properties?: Json;
  required?: string[];
  [keyword: string]: unknown;
}

/** One of the places that define a schema. References, `allOf` and descriptions add further places; all of them apply. */
export interface Part extends Spot {
  readonly node: Keywords;
  /** The keyword that was actually used: `const` or `description` for `enum`, `description` for `default`. */
  readonly writtenAs: Readonly<Record<string, string>>;
}

/** Something that one side may lack: an operation, a status, a property. */
export interface Thing {
  readonly subject: string;
  readonly name: string;
  readonly pointer: string;
  /** Its statement as a whole, for when the other side lacks it. */
  readonly says: () => Says;
  /** Its pointer relative to its parent, if that differs from `pointer`. */
  readonly at?: string;
  /** The pointer of its content, if that is behind a reference. */
  readonly home?: string;
  /** Its own keywords. */
  readonly facts?: ReadonlyMap<string, Fact>;
  readonly things?: ReadonlyMap<string, Thing>;
  readonly schema?: readonly Part[];
}

/** Keywords that describe a value without restricting it. */
const annotations = ['default', 'deprecated', 'readOnly', 'writeOnly', 'discriminator'];

/** Keywords that are compared separately. */
const structure = [
  ...['$ref', 'title', 'allOf', 'oneOf', 'anyOf', 'type', 'nullable', 'enum', 'items'],
  ...['properties', 'required', 'additionalProperties'],
];

/** Keywords that do not restrict values. Keywords in none of these lists may, so they are compared as written. */
const silent = [
  ...['example', 'examples', 'externalDocs', 'xml'],
  ...['$comment', '$schema', '$id', '$anchor', '$defs', 'definitions'],
];

/** Values that mean the same as no keyword. */
const neutral: Readonly<Record<string, unknown>> = {
  ...{ exclusiveMinimum: false, exclusiveMaximum: false, uniqueItems: false, unevaluatedItems: true },
  ...{ minLength: 0, minItems: 0, minProperties: 0, deprecated: false, readOnly: false, writeOnly: false },
};

export function partOf(document: OpenApiDocument, schema: unknown, pointer: string): Part {
  if (!isObject(schema)) {
    const isAnything = schema === undefined || schema === true;
    const node = isAnything ? {} : { type: [schema === false ? 'never' : 'no schema'] };
    return { document, node, pointer, writtenAs: {} };
  }
  const { description, type = [], nullable, const: only = null, enum: listed = [], ...rest } = schema;
  const said = Object.entries(rest).filter(([key, value]) => {
    return !silent.includes(key) && !key.startsWith('x-') && value !== neutral[key];
  });
  const node: Keywords = Object.fromEntries(said);
  const writtenAs: Record<string, string> = {};
  const write = (key: 'type' | 'enum' | 'default', value: unknown, as: string = key) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0) || node[key] !== undefined) return;
    Object.assign(node, { [key]: value });
    writtenAs[key] = as;
  };
  const valuesOf = (list: unknown[]) => list.filter((value) => value !== null).map((value) => String(says(value)));
  const alternatives = unionKeys.flatMap((key) => (node[key] ?? []) as unknown[]);
  if (nullable === true || [schema, ...alternatives].some(namesNull)) node.nullable = true;
  write(
    'type',
    [type]
      .flat()
      .filter((name) => name !== 'null')
      .sort(),
  );
  write('enum', valuesOf([listed].flat()));
  write('enum', valuesOf([only]), 'const');
  // OpenAPI 3.0 writes `minimum: 5, exclusiveMinimum: true` for the `exclusiveMinimum: 5` of 3.1.
  for (const [limit, exclusive] of Object.entries({ minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' })) {
    if (node[exclusive] !== true) continue;
    node[exclusive] = node[limit];
    delete node[limit];
  }
  if (document.readsProse && typeof description === 'string') {
    write('enum', valuesInProse(description), 'description');
    write('default', defaultInProse(description), 'description');
  }
  return { document, node, pointer, writtenAs };
}

const namesNull = (schema: unknown) =>
  isObject(schema) && ([schema.type].flat().includes('null') || [schema.enum, schema.const].flat().includes(null));

/** Whether a member of a union is only `null`. */
const isNull = (schema: unknown) =>
  isObject(schema) && namesNull(schema) && [schema.type ?? 'null', schema.enum ?? null].flat().length === 2;

/** `Allowed values: [All, Any]`, `Possible values are [All, Any]`, `One of [All, Any]`; not `Example values: [All]`. */
const valueLists =
  /(?<!\b(?:default|examples?|sample)\s{0,9})\b(?:values?|one of)(?:\s{1,9}(?:are|is|can be|may be|must be|include))?\s{0,9}[:=]?\s{0,9}\[([^[\]]*)\]/gi;

/** The values of every list in a description. */
function valuesInProse(description: string): string[] {
  return [...description.matchAll(valueLists)]
    .flatMap(([, list = '']) => list.split(','))
    .map((value) => value.trim().replace(/^(["'`])(.*)\1$/, '$2'))
    .filter((value) => value !== '');
}

/** The default in a description such as ``Default is `true` ``. */
function defaultInProse(description: string): unknown {
  const text = /\bdefaults?(?: value)?(?: is| to|:)\s{1,9}`([^`]+)`/i.exec(description)?.[1];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The content of a part below some keys. */
export const partAt = ({ document, node, pointer }: Spot, ...keys: (string | number)[]): Part =>
  partOf(document, keys.reduce(own, node), child(pointer, ...keys));

/** All parts of a schema, with references, `allOf` and unions of one member followed. Cycles end where they start. */
export function allParts(schema: readonly Part[]): Part[] {
  const parts: Part[] = [];
  const seen = new Set(schema.map(({ pointer }) => pointer));
  const visit = (part: Part) => {
    parts.push(part);
    const target = part.node.$ref === undefined ? [] : [follow(part.document, part.node.$ref)];
    const next = target.map(({ node, pointer }) => partOf(part.document, node, pointer));
    next.push(...membersAt(part, 'allOf'));
    for (const members of unionKeys.map((key) => membersAt(part, key))) {
      if (members.length === 1) next.push(...members);
    }
    for (const one of next) {
      if (seen.has(one.pointer)) continue;
      seen.add(one.pointer);
      visit(one);
    }
  };
  schema.forEach(visit);
  return parts;
}

export const unionKeys = ['oneOf', 'anyOf'];

/** The parts or alternatives that a part lists, without `null`. */
export function membersAt(part: Part, key: string): Part[] {
  const list = (part.node[key] ?? []) as unknown[];
  return list.flatMap((member, index) => (isNull(member) ? [] : [partAt(part, key, index)]));
}

/** The keywords next to a union that apply to each member. Annotations and nullability apply only to the union itself. */
export function asksOfMembers(part: Part, union?: string): Part[] {
  const ofUnion = [...annotations, 'nullable', 'title', '$ref', 'allOf', union];
  const asked = Object.entries(part.node).filter(([key]) => !ofUnion.includes(key));
  return asked.length > 0 ? [{ ...part, node: Object.fromEntries(asked) }] : [];
}

/** The annotations and limits of a schema, without its structure. */
export function keywordsOf(parts: readonly Part[]) {
  const [facts, limits] = [new Map<string, Fact>(), new Map<string, Fact>()];
  for (const { node, pointer, writtenAs } of parts) {
    for (const [key, value] of Object.entries(node).filter(([key]) => !structure.includes(key))) {
      const keywords = annotations.includes(key) ? facts : limits;
      const known = keywords.get(key);
      const said = says(key === 'discriminator' ? (value as Json).propertyName : value);
      // A description counts only if there is no keyword. If several parts differ, all of them apply.
      if (!known) keywords.set(key, { pointer: child(pointer, writtenAs[key] ?? key), says: said });
      else if (known.says !== said && writtenAs[key] !== 'description') {
        keywords.set(key, { ...known, says: [known.says, said].map(String).sort().join(' and ') });
      }
    }
  }
  return { facts, limits };
}
