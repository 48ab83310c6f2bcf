import { child, isObject, own, ownObject } from '../lib/json-pointer.js';
import { follow, type OpenApiDocument, type Spot } from './document.js';

/**
 * Where one schema is written: usually at one spot, but a description beside it, an `allOf` or a reference with siblings add others, and
 * all of them hold.
 */
export type Place = readonly Spot[];

/** The spots of a place with references, `allOf` and unions of one followed. Cycles end where they begin. */
export interface Spots {
  readonly spots: readonly Spot[];
  /** Whether a union of one had `null` beside it. */
  readonly nullable: boolean;
}

export function followPlace(document: OpenApiDocument, place: Place): Spots {
  const spots: Spot[] = [];
  // What the place itself holds is read as it stands there, whatever leads back to it.
  const seen = new Set(place.filter((spot) => !isDescription(spot)).map(({ pointer }) => pointer));
  const todo = [...place].reverse();
  let nullable = false;
  for (let spot = todo.pop(); spot; spot = todo.pop()) {
    spots.push(spot);
    const ref = own(spot.node, '$ref');
    const target = typeof ref === 'string' ? [follow(document, ref)] : [];
    const unions = [alternatives(spot, 'oneOf'), alternatives(spot, 'anyOf')].filter(
      ({ members }) => members.length < 2,
    );
    nullable ||= unions.some(({ hasNull }) => hasNull);
    const next = [...target, ...listedSpots(spot, 'allOf'), ...unions.flatMap(({ members }) => members)];
    for (const one of next.reverse()) {
      if (seen.has(one.pointer)) continue;
      seen.add(one.pointer);
      todo.push(one);
    }
  }
  return { spots, nullable };
}

/** The members of a union, `null` aside. */
export function alternatives(spot: Spot, key: 'oneOf' | 'anyOf'): { members: Spot[]; hasNull: boolean } {
  const all = listedSpots(spot, key);
  const members = all.filter(({ node }) => !isNull(node));
  return { members, hasNull: members.length < all.length };
}

function isNull(node: object): boolean {
  const only = (key: string) => {
    const value = own(node, key);
    return Array.isArray(value) && value.length === 1 ? value[0] : value;
  };
  return only('type') === 'null' || only('enum') === null || own(node, 'const') === null;
}

function listedSpots({ node, pointer }: Spot, key: string): Spot[] {
  const list = own(node, key);
  return Array.isArray(list) ? list.map((item, index) => schemaSpot(item, child(pointer, key, index))) : [];
}

/** A schema as an object. `true` and `false` are schemas too: nothing fits the latter. Whatever else is none must not look like one. */
export function schemaSpot(value: unknown, pointer: string): Spot {
  if (isObject(value)) return { node: value, pointer };
  if (value === undefined || value === true) return { node: {}, pointer };
  return { node: { type: value === false ? 'never' : 'no schema' }, pointer };
}

/** What describes a parameter or an array is about its schema or its items too. */
export function describes({ node, pointer }: Spot): Spot[] {
  const description = own(node, 'description');
  return description === undefined ? [] : [{ node: { description }, pointer }];
}

const isDescription = ({ node }: Spot) => Object.keys(node).join() === 'description';

/** Where a keyword that the schema lacks would stand: beside its type, at the end of the references that lead to it. */
export function homeOf(spots: readonly Spot[]): string {
  const written = spots.filter(({ node }) => own(node, '$ref') === undefined);
  const home = written.find(({ node }) => own(node, 'type') !== undefined) ?? written[0] ?? spots[0];
  return home?.pointer ?? '#';
}

/** The types at some spots without `null`, sorted; empty if any type will do. */
export function typesOf(spots: readonly Spot[]): string[] {
  for (const { node } of spots) {
    const type = own(node, 'type');
    const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string' && name !== 'null');
    if (types.length > 0) return types.sort();
  }
  const has = (...keys: string[]) => spots.some(({ node }) => keys.some((key) => own(node, key) !== undefined));
  if (has('properties', 'additionalProperties')) return ['object'];
  return has('items') ? ['array'] : [];
}

/**
 * What a schema is called on the wire, in `_type`. Dixa declares `_type` nowhere; on the wire it is the title (`IsOneOf`) of a component
 * whose name may have a number (`IsOneOf5`).
 */
export function nameOf(spots: readonly Spot[]): string | undefined {
  return (
    firstString(spots, ({ node }) => constOf(ownObject(ownObject(node, 'properties'), '_type'))) ??
    firstString(spots, ({ node }) => own(node, 'title')) ??
    firstString(spots, ({ pointer }) => /^#\/components\/schemas\/([^/]+?)\d*$/.exec(pointer)?.[1])
  );
}

function constOf(node: object): unknown {
  const values = own(node, 'enum');
  return own(node, 'const') ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
}

function firstString(spots: readonly Spot[], read: (spot: Spot) => unknown): string | undefined {
  for (const spot of spots) {
    const value = read(spot);
    if (typeof value === 'string') return value;
  }
  return undefined;
}
