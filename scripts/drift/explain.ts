import type { Compared } from './compare.js';
import type { OpenApiDocument } from './document.js';
import type { Finding } from './findings.js';
import type { LedgerEntry } from './ledger.js';
import { isLookedAt, placesOf } from './ledger-places.js';

/** An entry that explains nothing any more at one of its places. */
export interface Stale {
  readonly entry: LedgerEntry;
  readonly pointer: string;
}

export interface Explanation {
  readonly unexplained: readonly Finding[];
  readonly explained: readonly { readonly finding: Finding; readonly entry: LedgerEntry }[];
  readonly stale: readonly Stale[];
}

/** Tells which findings the ledger explains, and which of its entries explain nothing any more. */
export function explain(entries: readonly LedgerEntry[], contract: OpenApiDocument, compared: Compared): Explanation {
  const explained = new Map<Finding, LedgerEntry>();
  const stale: Stale[] = [];
  for (const entry of entries) {
    for (const place of placesOf(contract, entry)) {
      const finding = compared.findings.find((candidate) => isAbout(entry, place, candidate));
      if (finding) explained.set(finding, entry);
      // What upstream has nothing like was not compared, which is a finding itself: the entry is not at fault.
      else if (isLookedAt(place, compared.places)) stale.push({ entry, pointer: place });
    }
  }
  return {
    unexplained: compared.findings.filter((finding) => !explained.has(finding)),
    explained: [...explained].map(([finding, entry]) => ({ finding, entry })),
    stale,
  };
}

/** An entry explains a difference if it speaks of that very place, and both sides still say what it says. */
function isAbout({ upstream, contract }: LedgerEntry, place: string, finding: Finding): boolean {
  return finding.contract.pointer === place && finding.contract.says === contract && finding.upstream.says === upstream;
}
