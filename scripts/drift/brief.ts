import { child, own } from '../lib/json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { entriesOf } from './document.js';
import { readSchema, type Schema } from './schema.js';
import { type Place, schemaSpot } from './schema-spots.js';

const maxValues = 8;

/**
 * A schema in a line, in the notation of TypeScript: what a finding and its ledger entry say of a thing that only one side has. It is the
 * same however the schema is written, and another one as soon as the thing itself changes. Named objects within it are only named.
 */
export function brief(document: OpenApiDocument, place: Place): string {
  return briefSchema(document, readSchema(document, place));
}

export function briefSchema(document: OpenApiDocument, schema: Schema): string {
  return describe(document, schema, 0);
}

export function briefProperty(document: OpenApiDocument, place: Place, required: boolean): string {
  return `${required ? 'required' : 'optional'} ${brief(document, place)}`;
}

/** The media types of a body with their schemas, and the headers of a reply. */
export function briefMessage(document: OpenApiDocument, message: Spot): string {
  const content = [...entriesOf(document, message, 'content')].map(([type, media]) => {
    return `${type} ${brief(document, [schemaSpot(own(media.node, 'schema'), child(media.pointer, 'schema'))])}`;
  });
  const headers = [...entriesOf(document, message, 'headers').keys()].sort();
  return [content.sort().join(', ') || 'no body', ...headers.map((name) => `header ${name}`)].join(', ');
}

function describe(document: OpenApiDocument, schema: Schema, depth: number): string {
  const text = describeType(document, schema, depth);
  return schema.nullable ? `${text} | null` : text;
}

function describeType(document: OpenApiDocument, schema: Schema, depth: number): string {
  const { values, union, types, limits } = schema;
  if (union) {
    const members = [...union.members.keys()].sort().join(' | ');
    return schema.properties.size > 0
      ? `(${members}) & ${describeObject(document, { ...schema, name: undefined }, depth)}`
      : members;
  }
  if (values) {
    const all = [...new Set(values.lists.flatMap((list) => [...list.values]))].sort();
    const listed =
      all.length > maxValues ? `one of ${all.length} values` : all.map((one) => JSON.stringify(one)).join(' | ');
    return values.open ? `${listed} | string` : listed;
  }
  if (types.join() === 'object') return describeObject(document, schema, depth);
  if (types.join() === 'array') return describeArray(document, schema, depth);
  const limited = [...limits].map(([key, { says }]) => (key === 'format' ? String(says) : `${key} ${says}`)).sort();
  return `${types.join(' | ') || 'anything'}${limited.length > 0 ? ` (${limited.join(', ')})` : ''}`;
}

function describeObject(document: OpenApiDocument, { name, properties, additional }: Schema, depth: number): string {
  if (depth > 0 && name) return name;
  if (depth > 1) return 'object';
  const parts = [...properties]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { place, required }]) => {
      return `${key}${required ? '' : '?'}: ${describe(document, readSchema(document, place), depth + 1)}`;
    });
  if (typeof additional.allowed !== 'boolean') {
    parts.push(`[key]: ${describe(document, readSchema(document, additional.allowed), depth + 1)}`);
  }
  return `{ ${parts.join('; ') || '…'} }`;
}

function describeArray(document: OpenApiDocument, { items }: Schema, depth: number): string {
  // Arrays of arrays may go on without end.
  if (!items || depth > 4) return 'array';
  const item = describe(document, readSchema(document, items), depth + 1);
  return / \| |one of/.test(item) ? `(${item})[]` : `${item}[]`;
}
