import { child, parent, segments, valueAt } from '../lib/json-pointer.js';
import type { OpenApiDocument } from './document.js';
import type { LedgerEntry } from './ledger.js';
import { absent } from './says.js';

/** The places of the contract that an entry speaks of: a segment `*` stands for any one that is there. */
export function placesOf(
  { root }: OpenApiDocument,
  { pointer, contract }: Pick<LedgerEntry, 'pointer' | 'contract'>,
): string[] {
  const isThere = (place: string) => valueAt(root, place) !== undefined;
  return (typeof pointer === 'string' ? [pointer] : pointer).flatMap((one) =>
    withWildcards(root, one).filter((place) => {
      if (contract !== absent || isThere(place)) return isThere(place);
      // A schema can be said to lack a property though it has no `properties` at all; what `*` names must be there.
      return isThere(parent(place)) || (!one.includes('*') && isThere(parent(parent(place))));
    }),
  );
}

function withWildcards(root: unknown, pointer: string): string[] {
  let places = ['#'];
  for (const segment of segments(pointer)) {
    places = places.flatMap((place) => {
      if (segment !== '*') return [child(place, segment)];
      const node = valueAt(root, place);
      return typeof node === 'object' && node !== null ? Object.keys(node).map((key) => child(place, key)) : [];
    });
  }
  return places;
}

/** Whether a comparison looked at a place: at what is there, or at what holds it. */
export function isLookedAt(place: string, compared: ReadonlySet<string>): boolean {
  return [place, parent(place), parent(parent(place))].some((pointer) => compared.has(pointer));
}
