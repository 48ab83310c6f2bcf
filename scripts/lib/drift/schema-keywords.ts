import { child, own } from '../json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { defaultInProse } from './prose.js';

/** What one side says; `absent` if it says nothing. */
export type Says = string | number | boolean;

export interface Keyword {
  readonly says: Says;
  readonly pointer: string;
}

/** The keywords with a single value that change what a schema means, and the value that means the same as none. */
const meaningful: Readonly<Record<string, unknown>> = {
  format: undefined,
  pattern: undefined,
  default: undefined,
  minimum: undefined,
  exclusiveMinimum: false,
  maximum: undefined,
  exclusiveMaximum: false,
  multipleOf: undefined,
  minLength: 0,
  maxLength: undefined,
  minItems: 0,
  maxItems: undefined,
  uniqueItems: false,
  minProperties: 0,
  maxProperties: undefined,
  readOnly: false,
  writeOnly: false,
  deprecated: false,
};

export function readKeywords({ readsProse }: OpenApiDocument, spots: readonly Spot[]): Map<string, Keyword> {
  const keywords = new Map<string, Keyword>();
  for (const spot of spots) {
    const node = withNumericLimits(spot.node);
    for (const [key, neutral] of Object.entries(meaningful)) {
      const value = own(node, key);
      if (value === undefined || value === neutral || keywords.has(key)) continue;
      keywords.set(key, { says: scalar(value), pointer: child(spot.pointer, key) });
    }
    const property = own(own(node, 'discriminator'), 'propertyName');
    if (property !== undefined) {
      keywords.set('discriminator', { says: scalar(property), pointer: child(spot.pointer, 'discriminator') });
    }
  }
  for (const { node, pointer } of readsProse && !keywords.has('default') ? spots : []) {
    const value = defaultInProse(node);
    if (value !== undefined) keywords.set('default', { says: scalar(value), pointer: child(pointer, 'description') });
  }
  return keywords;
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

function scalar(value: unknown): Says {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
