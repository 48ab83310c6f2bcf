import { child, isObject, own } from '../lib/json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { type Keyword, readAnnotations, readLimits } from './schema-keywords.js';
import {
  alternatives,
  describes,
  followPlace,
  homeOf,
  nameOf,
  type Place,
  schemaSpot,
  typesOf,
} from './schema-spots.js';
import { asMember, readUnions, type Union } from './schema-union.js';
import { readValues, type Values, valuesOfUnion } from './schema-values.js';

/** What a schema means, however it is written: references followed, `allOf` merged, OpenAPI 3.0 and 3.1 alike. */
export interface Schema {
  /** Where it is used, before any reference is followed. */
  readonly site: string;
  /** Where what it lacks would stand. */
  readonly home: string;
  readonly name: string | undefined;
  /** Without `null`, sorted; empty if any type will do. */
  readonly types: readonly string[];
  readonly nullable: boolean;
  readonly values: Values | undefined;
  readonly annotations: ReadonlyMap<string, Keyword>;
  readonly limits: ReadonlyMap<string, Keyword>;
  readonly properties: ReadonlyMap<string, Property>;
  /** What properties it does not name may be. */
  readonly additional: Additional;
  readonly items: Place | undefined;
  /** If it is one of several. What limits it then limits each member, and is read there. */
  readonly union: Union | undefined;
  /** The schema as the only member of a union. */
  readonly asMember: Place;
}

export interface Property {
  readonly place: Place;
  readonly pointer: string;
  readonly required: boolean;
  /** The `required` that names it, or would. */
  readonly requiredPointer: string;
}

export interface Additional {
  readonly allowed: boolean | Place;
  readonly pointer: string;
}

export function readSchema(document: OpenApiDocument, place: Place): Schema {
  const { spots, nullable } = followPlace(document, place);
  const home = homeOf(spots);
  const site = place[0]?.pointer ?? home;
  const unions = readUnions(document, spots).map((union) => ({ union, values: valuesOfUnion(document, union) }));
  const values = unions.find((one) => one.values)?.values ?? readValues(document, spots);
  const types = typesOf(spots);
  return {
    site,
    home,
    name: nameOf(spots),
    types: types.length === 0 && values ? ['string'] : types,
    nullable: nullable || spots.some(allowsNull),
    values,
    annotations: readAnnotations(document, spots),
    limits: readLimits(spots),
    properties: readProperties(spots),
    additional: readAdditional(spots, home),
    items: readItems(spots),
    union: unions.find((one) => !one.values)?.union,
    asMember: asMember(site, spots),
  };
}

function allowsNull({ node, pointer }: Spot): boolean {
  const [type, values] = [own(node, 'type'), own(node, 'enum')];
  return (
    own(node, 'nullable') === true ||
    (Array.isArray(type) && type.includes('null')) ||
    (Array.isArray(values) && values.includes(null)) ||
    (['oneOf', 'anyOf'] as const).some((key) => alternatives({ node, pointer }, key).hasNull)
  );
}

function readProperties(spots: readonly Spot[]): Map<string, Property> {
  const required = requiredNames(spots);
  const properties = new Map<string, Property>();
  for (const { node, pointer } of spots) {
    for (const [name, property] of Object.entries(own(node, 'properties') ?? {})) {
      const spot = schemaSpot(property, child(pointer, 'properties', name));
      const known = properties.get(name);
      properties.set(name, {
        place: [...(known?.place ?? []), spot],
        pointer: known?.pointer ?? spot.pointer,
        required: required.has(name),
        requiredPointer: required.get(name) ?? known?.requiredPointer ?? child(pointer, 'required'),
      });
    }
  }
  // A name that is only required is a property that may be anything.
  for (const [name, pointer] of required) {
    if (properties.has(name)) continue;
    properties.set(name, { place: [{ node: {}, pointer }], pointer, required: true, requiredPointer: pointer });
  }
  return properties;
}

/** With the list that holds each. */
function requiredNames(spots: readonly Spot[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { node, pointer } of spots) {
    const list = own(node, 'required');
    for (const name of Array.isArray(list) ? list : []) {
      if (typeof name === 'string' && !names.has(name)) names.set(name, child(pointer, 'required'));
    }
  }
  return names;
}

function readAdditional(spots: readonly Spot[], home: string): Additional {
  const found: Spot[] = [];
  for (const { node, pointer } of spots) {
    for (const key of ['additionalProperties', 'unevaluatedProperties']) {
      const value = own(node, key);
      const at = child(pointer, key);
      if (value === false) return { allowed: false, pointer: at };
      if (isObject(value) && Object.keys(value).length > 0) found.push({ node: value, pointer: at });
    }
  }
  const [first] = found;
  return first
    ? { allowed: found, pointer: first.pointer }
    : { allowed: true, pointer: child(home, 'additionalProperties') };
}

function readItems(spots: readonly Spot[]): Place | undefined {
  const items = spots.flatMap(({ node, pointer }) => {
    const value = own(node, 'items');
    return value === undefined ? [] : [schemaSpot(value, child(pointer, 'items'))];
  });
  return items.length > 0 ? [...items, ...spots.flatMap(describes)] : undefined;
}
