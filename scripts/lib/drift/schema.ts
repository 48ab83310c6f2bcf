import { child, isObject, own } from '../json-pointer.js';
import type { OpenApiDocument, Spot } from './document.js';
import { type Keyword, readKeywords } from './schema-keywords.js';
import { alternatives, followPlace, homeOf, nameOf, type Place } from './schema-spots.js';
import { readValues, type Values } from './schema-values.js';

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
  readonly keywords: ReadonlyMap<string, Keyword>;
  readonly properties: ReadonlyMap<string, Property>;
  /** Where `required` stands, or would stand. */
  readonly requiredPointer: string;
  /** What properties it does not name may be. */
  readonly additional: Additional;
  readonly items: Place | undefined;
  /** The members of a union of several, by their names. */
  readonly members: ReadonlyMap<string, Place> | undefined;
  readonly membersPointer: string;
}

export interface Property {
  readonly place: Place;
  readonly pointer: string;
  readonly required: boolean;
}

export interface Additional {
  readonly allowed: boolean | Place;
  readonly pointer: string;
}

export function readSchema(document: OpenApiDocument, place: Place): Schema {
  const { spots, nullable } = followPlace(document, place);
  const home = homeOf(spots);
  const values = readValues(document, spots);
  const union = values ? undefined : readUnion(document, spots);
  return {
    site: place[0]?.pointer ?? home,
    home,
    name: nameOf(spots),
    types: readTypes(spots, values),
    nullable: nullable || spots.some(allowsNull),
    values,
    keywords: readKeywords(document, spots),
    properties: readProperties(spots),
    requiredPointer: child(spots.find(({ node }) => Array.isArray(own(node, 'required')))?.pointer ?? home, 'required'),
    additional: readAdditional(spots, home),
    items: readItems(spots),
    members: union?.members,
    membersPointer: union?.pointer ?? child(home, 'oneOf'),
  };
}

function readTypes(spots: readonly Spot[], values: Values | undefined): string[] {
  for (const { node } of spots) {
    const type = own(node, 'type');
    const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string' && name !== 'null');
    if (types.length > 0) return types.sort();
  }
  const has = (...keys: string[]) => spots.some(({ node }) => keys.some((key) => own(node, key) !== undefined));
  if (has('properties', 'additionalProperties')) return ['object'];
  if (has('items')) return ['array'];
  return values ? ['string'] : [];
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
  const required = new Set(spots.flatMap(({ node }) => own(node, 'required') ?? []));
  const properties = new Map<string, Property>();
  for (const { node, pointer } of spots) {
    for (const [name, property] of Object.entries(own(node, 'properties') ?? {})) {
      const spot = schemaSpot(property, child(pointer, 'properties', name));
      const known = properties.get(name);
      properties.set(name, {
        place: [...(known?.place ?? []), spot],
        pointer: known?.pointer ?? spot.pointer,
        required: required.has(name),
      });
    }
  }
  return properties;
}

function readAdditional(spots: readonly Spot[], home: string): Additional {
  let found: Additional = { allowed: true, pointer: child(home, 'additionalProperties') };
  for (const { node, pointer } of spots) {
    for (const key of ['additionalProperties', 'unevaluatedProperties']) {
      const value = own(node, key);
      const at = child(pointer, key);
      if (value === false) return { allowed: false, pointer: at };
      const saysSomething = isObject(value) && Object.keys(value).length > 0;
      if (saysSomething && found.allowed === true) found = { allowed: [{ node: value, pointer: at }], pointer: at };
    }
  }
  return found;
}

function readItems(spots: readonly Spot[]): Place | undefined {
  const items = spots.flatMap(({ node, pointer }) => {
    const value = own(node, 'items');
    return value === undefined ? [] : [schemaSpot(value, child(pointer, 'items'))];
  });
  return items.length > 0 ? [...items, ...spots.map(describes)] : undefined;
}

/** What describes a parameter or an array is about its schema or its items too. */
export function describes({ node, pointer }: Spot): Spot {
  return { node: { description: own(node, 'description') }, pointer };
}

export function schemaSpot(value: unknown, pointer: string): Spot {
  return { node: isObject(value) ? value : {}, pointer };
}

function readUnion(document: OpenApiDocument, spots: readonly Spot[]) {
  for (const spot of spots) {
    for (const key of ['oneOf', 'anyOf'] as const) {
      const alternative = alternatives(spot, key).members;
      if (alternative.length < 2) continue;
      const members = new Map<string, Place>();
      for (const [index, member] of alternative.entries()) {
        const followed = followPlace(document, [member]).spots;
        const name = mappedName(spot, member) ?? nameOf(followed) ?? readTypes(followed, undefined)[0];
        members.set(name && !members.has(name) ? name : `${name ?? 'member'} ${index + 1}`, [member]);
      }
      return { members, pointer: child(spot.pointer, key) };
    }
  }
  return undefined;
}

function mappedName(union: Spot, member: Spot): string | undefined {
  const mapping = own(own(union.node, 'discriminator'), 'mapping') ?? {};
  return Object.entries(mapping).find(([, ref]) => ref === own(member.node, '$ref'))?.[0];
}
