import { stringify } from 'yaml';
import { child, parent, segments, valueAt } from '../lib/json-pointer.js';
import type { Compared } from './compare.js';
import type { OpenApiDocument } from './document.js';
import { absent, type Finding, type Says } from './findings.js';

export const ledgerFile = 'openapi/curation.yaml';

/** An intentional difference from Dixa's document, as described by openapi/curation.schema.json. */
export interface LedgerEntry {
  readonly id: string;
  readonly pointer: string | readonly string[];
  readonly upstream: Says;
  readonly contract: Says;
  readonly why: string;
  readonly evidence: 'documented' | 'observed' | 'inferred';
}

/** Finds out which findings the ledger explains, and which entries no longer explain anything at one of their places. */
export function explain(entries: readonly LedgerEntry[], contract: OpenApiDocument, { findings, places }: Compared) {
  const explained = new Map<Finding, LedgerEntry>();
  const stale: { entry: LedgerEntry; pointer: string }[] = [];
  for (const entry of entries) {
    // An entry explains a difference if it has the same place, and both sides still say what it says.
    const holds = ({ contract, upstream }: Finding) =>
      contract.says === entry.contract && upstream.says === entry.upstream;
    for (const pointer of placesOf(contract, entry)) {
      const finding = findings.find((one) => one.contract.pointer === pointer && holds(one));
      if (finding) explained.set(finding, entry);
      // A place that was not compared, because upstream has nothing like it, is a finding itself: the entry is not stale.
      else if (isLookedAt(pointer, places)) stale.push({ entry, pointer });
    }
  }
  const unexplained = findings.filter((finding) => !explained.has(finding));
  return { unexplained, stale, explained: [...explained].map(([finding, entry]) => ({ finding, entry })) };
}

/** The places of the contract that an entry refers to. `*` stands for any existing segment. */
export function placesOf({ root }: OpenApiDocument, entry: Pick<LedgerEntry, 'pointer' | 'contract'>): string[] {
  const isThere = (place: string) => valueAt(root, place) !== undefined;
  return [entry.pointer].flat().flatMap((pointer) =>
    withWildcards(root, pointer).filter((place) => {
      if (isThere(place) || entry.contract !== absent) return isThere(place);
      // A schema can lack a property even if it has no `properties`, but what `*` stands for must exist.
      return isThere(parent(place)) || (!pointer.includes('*') && isThere(parent(parent(place))));
    }),
  );
}

function withWildcards(root: unknown, pointer: string): string[] {
  let places = ['#'];
  for (const segment of segments(pointer)) {
    places = places.flatMap((place) => {
      const keys = segment === '*' ? Object.keys(valueAt(root, place) ?? {}) : [segment];
      return keys.map((key) => child(place, key));
    });
  }
  return places;
}

/** Whether a place, its parent or its grandparent was compared. */
export function isLookedAt(place: string, compared: ReadonlySet<string>): boolean {
  return [place, parent(place), parent(parent(place))].some((pointer) => compared.has(pointer));
}

/** A ledger entry that explains a finding, ready to paste. Only `why` and `evidence` are left empty. */
export function entryFor({ contract, upstream }: Finding, id: string): string {
  const entry = { id, pointer: contract.pointer, upstream: upstream.says, contract: contract.says };
  const lines = stringify(entry, { lineWidth: 0 }).trimEnd().split('\n');
  return `- ${[...lines, 'why:', 'evidence: # documented, observed or inferred'].join('\n  ')}`;
}

/** Picks an unused id for a ledger entry. */
export function freeId({ subject, name }: Finding, taken: Set<string>): string {
  const words =
    `${subject} ${name}`
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? [];
  const id = words.join('-').slice(0, 60).replace(/-$/, '');
  let free = id;
  for (let number = 2; taken.has(free); number += 1) free = `${id}-${number}`;
  taken.add(free);
  return free;
}
