import { stringify } from 'yaml';
import { child, parent, segments, valueAt } from '../lib/json-pointer.js';
import type { Compared } from './compare.js';
import type { OpenApiDocument } from './document.js';
import { absent, type Finding, type Says } from './findings.js';

export const ledgerFile = 'openapi/curation.yaml';

/** A place where the contract says something else than Dixa's document, as openapi/curation.schema.json describes it. */
export interface LedgerEntry {
  readonly id: string;
  readonly pointer: string | readonly string[];
  readonly upstream: Says;
  readonly contract: Says;
  readonly why: string;
  readonly evidence: 'documented' | 'observed' | 'inferred';
}

/** Tells which findings the ledger explains, and which of its entries explain nothing any more at one of their places. */
export function explain(entries: readonly LedgerEntry[], contract: OpenApiDocument, { findings, places }: Compared) {
  const explained = new Map<Finding, LedgerEntry>();
  const stale: { entry: LedgerEntry; pointer: string }[] = [];
  for (const entry of entries) {
    // An entry explains a difference if it speaks of that very place, and both sides still say what it says.
    const holds = ({ contract, upstream }: Finding) =>
      contract.says === entry.contract && upstream.says === entry.upstream;
    for (const pointer of placesOf(contract, entry)) {
      const finding = findings.find((one) => one.contract.pointer === pointer && holds(one));
      if (finding) explained.set(finding, entry);
      // What upstream has nothing like was not compared, which is a finding itself: the entry is not at fault.
      else if (isLookedAt(pointer, places)) stale.push({ entry, pointer });
    }
  }
  const unexplained = findings.filter((finding) => !explained.has(finding));
  return { unexplained, stale, explained: [...explained].map(([finding, entry]) => ({ finding, entry })) };
}

/** The places of the contract that an entry speaks of: a segment `*` stands for any one that is there. */
export function placesOf({ root }: OpenApiDocument, entry: Pick<LedgerEntry, 'pointer' | 'contract'>): string[] {
  const isThere = (place: string) => valueAt(root, place) !== undefined;
  return [entry.pointer].flat().flatMap((pointer) =>
    withWildcards(root, pointer).filter((place) => {
      if (isThere(place) || entry.contract !== absent) return isThere(place);
      // A schema can be said to lack a property though it has no `properties` at all; what `*` names must be there.
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

/** Whether a comparison looked at a place: at what is there, or at what holds it. */
export function isLookedAt(place: string, compared: ReadonlySet<string>): boolean {
  return [place, parent(place), parent(parent(place))].some((pointer) => compared.has(pointer));
}

/** A ledger entry that explains a finding, to be pasted: all but why, and how sure that is. */
export function entryFor({ contract, upstream }: Finding, id: string): string {
  const entry = { id, pointer: contract.pointer, upstream: upstream.says, contract: contract.says };
  const lines = stringify(entry, { lineWidth: 0 }).trimEnd().split('\n');
  return `- ${[...lines, 'why:', 'evidence: # documented, observed or inferred'].join('\n  ')}`;
}

/** Takes an id for an entry that explains a finding. */
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
