import { own } from '../lib/json-pointer.js';
import { advise } from './advice.js';
import { compare } from './compare.js';
import { contractFile, readContract } from './contract.js';
import { parseUpstream } from './document.js';
import { explain, type Stale } from './explain.js';
import type { Finding } from './findings.js';
import { type Ledger, ledgerFile, readLedger } from './ledger.js';
import type { Loaded } from './load.js';
import { saidAsText } from './says.js';

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

/** What Dixa's document is compared with. */
export interface Ours {
  readonly contract: ReturnType<typeof readContract>;
  readonly ledger: Ledger;
}

export function readOurs(root: string): Ours {
  const contract = readContract(root);
  return { contract, ledger: readLedger(root, contract) };
}

/** Compares Dixa's document with the contract and the ledger of a project. */
export function makeReport({ contract, ledger }: Ours, { source, text }: Loaded): DriftReport {
  const upstream = parseUpstream(text, source);
  const { unexplained, explained, stale } = explain(ledger.entries, contract, compare(contract, upstream));
  const outdated = (finding: Finding) => stale.find((one) => isOfTheSame(one, finding))?.entry.id;
  const info = (document: object, key: string) => saidAsText(own(own(document, 'info'), key) ?? 'unknown');
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
      toDo: whatToDo(pointer, unexplained),
    })),
  };
}

function whatToDo(pointer: string, unexplained: readonly Finding[]): string {
  return unexplained.some(({ contract }) => contract.pointer === pointer)
    ? 'What it says does not hold here any more: follow upstream, or bring the entry up to date.'
    : 'Upstream and the contract agree here now: take the place out of the entry, or remove the entry.';
}

/** Among the values of one enum, the entry is about another one. */
function isOfTheSame({ pointer }: Stale, { name, contract, upstream }: Finding): boolean {
  return contract.pointer === pointer && ![contract.says, upstream.says].includes(name);
}

/** The findings in numbers. */
export function headline({ unexplained, stale, explained }: DriftReport): string {
  const entries = new Set(explained.map(({ entry }) => entry)).size;
  return `${unexplained.length} unexplained, ${stale.length} stale, ${explained.length} explained by ${entries} entries of ${ledgerFile}`;
}

/** Whether there is anything to do. An entry that explains nothing any more is drift too: upstream has moved. */
export const hasDrift = ({ unexplained, stale }: DriftReport): boolean => unexplained.length + stale.length > 0;
