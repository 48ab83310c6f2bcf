import { child, isObject, own } from '../lib/json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { defaultInProse } from './prose.js';
import { says as asSaid, type Says } from './says.js';

export interface Keyword {
  readonly says: Says;
  readonly pointer: string;
}

/** Keywords that tell something of a value, and allow no fewer values. */
const annotations = new Set(['default', 'deprecated', 'readOnly', 'writeOnly', 'discriminator']);

/** Keywords that are read elsewhere: they hold schemas, types, names or values. */
const structure = new Set([
  ...['$ref', 'allOf', 'oneOf', 'anyOf', 'type', 'nullable', 'enum', 'const', 'items'],
  ...['properties', 'required', 'additionalProperties', 'unevaluatedProperties'],
]);

/** Keywords that say nothing about values. Any that is in none of these lists may, so it is compared as it is written. */
const silent = new Set([
  ...['title', 'description', 'example', 'examples', 'externalDocs', 'xml'],
  ...['$comment', '$schema', '$id', '$anchor', '$defs', 'definitions'],
]);

/** What says the same as no keyword. */
const neutral: Readonly<Record<string, unknown>> = {
  exclusiveMinimum: false,
  exclusiveMaximum: false,
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  uniqueItems: false,
  unevaluatedItems: true,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
};

/** The annotations at some spots. */
export function readAnnotations({ readsProse }: OpenApiDocument, spots: readonly Spot[]): Map<string, Keyword> {
  const keywords = readKeywords(spots, (key) => annotations.has(key));
  for (const { node, pointer } of readsProse && !keywords.has('default') ? spots : []) {
    const value = defaultInProse(node);
    if (value !== undefined) keywords.set('default', { says: asSaid(value), pointer: child(pointer, 'description') });
  }
  return keywords;
}

/** What limits the values of a schema at some spots, its structure aside. */
export function readLimits(spots: readonly Spot[]): Map<string, Keyword> {
  return readKeywords(spots, (key) => !annotations.has(key) && !structure.has(key) && saysSomething(key));
}

/** Whether a keyword limits the values of the schema, by its structure or else. */
export const isLimit = (key: string) => !annotations.has(key) && key !== 'nullable' && saysSomething(key);

const saysSomething = (key: string) => !silent.has(key) && !key.startsWith('x-');

function readKeywords(spots: readonly Spot[], isRead: (key: string) => boolean): Map<string, Keyword> {
  const found = new Map<string, { values: Set<Says>; pointer: string }>();
  for (const { node, pointer } of spots) {
    for (const [key, value] of Object.entries(withNumericLimits(node))) {
      if (!isRead(key) || value === undefined || value === own(neutral, key)) continue;
      const keyword = found.get(key) ?? { values: new Set(), pointer: child(pointer, key) };
      found.set(key, keyword);
      keyword.values.add(asSaid(key === 'discriminator' && isObject(value) ? own(value, 'propertyName') : value));
    }
  }
  // What several spots say differently holds together.
  const together = (values: ReadonlySet<Says>) =>
    values.size === 1 ? ([...values][0] as Says) : [...values].map(String).sort().join(' and ');
  return new Map([...found].map(([key, { values, pointer }]) => [key, { says: together(values), pointer }]));
}

/** OpenAPI 3.0 writes `minimum: 5, exclusiveMinimum: true` for the `exclusiveMinimum: 5` of 3.1. */
function withNumericLimits(node: object): object {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...rest } = node as Record<string, unknown>;
  return {
    ...rest,
    ...(exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { minimum, exclusiveMinimum }),
    ...(exclusiveMaximum === true ? { exclusiveMaximum: maximum } : { maximum, exclusiveMaximum }),
  };
}
