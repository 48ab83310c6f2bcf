import { own } from '../json-pointer.js';
import { advise } from './advice.js';
import { compare } from './compare.js';
import { contractFile, readContract } from './contract.js';
import { parseUpstream } from './document.js';
import { explain } from './explain.js';
import type { Finding } from './findings.js';
import { type LedgerEntry, ledgerFile, readLedger } from './ledger.js';
import type { Loaded } from './load.js';

/** What `npm run drift -- --format json` prints. */
export interface DriftReport {
  readonly contract: { readonly file: string; readonly version: string };
  readonly upstream: { readonly source: string; readonly title: string; readonly version: string };
  /** Where the contract and Dixa's document differ, and no entry of the ledger says why. */
  readonly unexplained: readonly ReportedFinding[];
  readonly explained: readonly (Finding & { readonly entry: string })[];
  /** Entries of the ledger that explain nothing any more, by place. */
  readonly stale: readonly StaleEntry[];
}

export interface ReportedFinding extends Finding {
  readonly contract: Finding['contract'] & { readonly line: number };
  /** An entry of the ledger that speaks of this, though of other values: upstream or the contract has moved since. */
  readonly outdatedEntry?: string;
  readonly toDo: string;
}

export interface StaleEntry {
  readonly entry: string;
  readonly file: string;
  readonly line: number;
  /** The place of the contract that the entry speaks of in vain. */
  readonly pointer: string;
  readonly toDo: string;
}

/** Compares Dixa's document with the contract and the ledger of a project. */
export function makeReport(root: string, { source, text }: Loaded): DriftReport {
  const contract = readContract(root);
  const ledger = readLedger(root, contract);
  const upstream = parseUpstream(text, source);
  const { unexplained, explained, stale } = explain(ledger.entries, contract, compare(contract, upstream));
  const outdated = (finding: Finding) =>
    stale.find(({ entry, pointer }) => speaksOf(entry, pointer, finding))?.entry.id;
  const info = (document: object, key: string) => String(own(own(document, 'info'), key) ?? 'unknown');
  return {
    contract: { file: contractFile, version: info(contract.root, 'version') },
    upstream: { source, title: info(upstream.root, 'title'), version: info(upstream.root, 'version') },
    unexplained: unexplained.map((finding) => {
      const entry = outdated(finding);
      return {
        ...finding,
        contract: { ...finding.contract, line: contract.lineOf(finding.contract.pointer) },
        ...(entry === undefined ? {} : { outdatedEntry: entry }),
        toDo: advise({ ...finding, names: [finding.name] }),
      };
    }),
    explained: explained.map(({ finding, entry }) => ({ ...finding, entry: entry.id })),
    stale: stale.map(({ entry, pointer }) => ({
      entry: entry.id,
      file: ledgerFile,
      line: ledger.lineOf(entry),
      pointer,
      toDo: whatToDo(entry, pointer, unexplained),
    })),
  };
}

function whatToDo(entry: LedgerEntry, pointer: string, unexplained: readonly Finding[]): string {
  if (unexplained.some((finding) => speaksOf(entry, pointer, finding))) {
    return 'What it speaks of has changed: follow upstream, or bring the entry up to date.';
  }
  const what =
    typeof entry.pointer === 'string' && !entry.pointer.includes('*')
      ? 'Remove the entry'
      : 'Take the place out of the entry';
  return `Upstream and the contract agree here now: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`;
}

/** A place may have several differences, such as the values of one enum: then those are meant that share a side with the entry. */
function speaksOf(entry: LedgerEntry, pointer: string, { contract, upstream }: Finding): boolean {
  return contract.pointer === pointer && (contract.says === entry.contract || upstream.says === entry.upstream);
}

/** What the findings are: their number of each kind, in words. */
export function headline({ unexplained, stale, explained }: DriftReport): string {
  const entries = new Set(explained.map(({ entry }) => entry)).size;
  return [
    `${unexplained.length} unexplained`,
    `${stale.length} stale in the ledger`,
    `${explained.length} explained by ${entries} ledger ${entries === 1 ? 'entry' : 'entries'}`,
  ].join(', ');
}

/** Whether there is anything to do. An entry that explains nothing any more is drift too: upstream has moved. */
export const hasDrift = ({ unexplained, stale }: DriftReport): boolean => unexplained.length + stale.length > 0;
