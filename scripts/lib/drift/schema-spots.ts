import { child, isObject, own, ownObject } from '../json-pointer.js';
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
  const seen = new Set<string>();
  let todo = [...place];
  let nullable = false;
  for (let spot = todo.shift(); spot; spot = todo.shift()) {
    // A description beside a schema has a pointer that nothing else has: that of its holder.
    if (seen.has(spot.pointer)) continue;
    seen.add(spot.pointer);
    spots.push(spot);
    const ref = own(spot.node, '$ref');
    const target = typeof ref === 'string' ? [follow(document, ref)] : [];
    const unions = [alternatives(spot, 'oneOf'), alternatives(spot, 'anyOf')].filter(
      ({ members }) => members.length < 2,
    );
    nullable ||= unions.some(({ hasNull }) => hasNull);
    todo = [...target, ...listedSpots(spot, 'allOf'), ...unions.flatMap(({ members }) => members), ...todo];
  }
  return { spots, nullable };
}

/** The members of a union, `null` aside. */
export function alternatives(spot: Spot, key: 'oneOf' | 'anyOf'): { members: Spot[]; hasNull: boolean } {
  const all = listedSpots(spot, key);
  const members = all.filter(({ node }) => own(node, 'type') !== 'null');
  return { members, hasNull: members.length < all.length };
}

function listedSpots({ node, pointer }: Spot, key: string): Spot[] {
  const list = own(node, key);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => (isObject(item) ? [{ node: item, pointer: child(pointer, key, index) }] : []));
}

/** Where a keyword that the schema lacks would stand: beside its type, at the end of the references that lead to it. */
export function homeOf(spots: readonly Spot[]): string {
  const written = spots.filter(({ node }) => own(node, '$ref') === undefined);
  const home = written.find(({ node }) => own(node, 'type') !== undefined) ?? written[0] ?? spots[0];
  return home?.pointer ?? '#';
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
