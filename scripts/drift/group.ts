import { type Advised, advise } from './advice.js';
import type { Finding } from './findings.js';
import { freeId, ledgerStub } from './ledger-stub.js';
import type { ReportedFinding } from './report.js';

/** Findings that a reader takes as one: things of one kind that are new, or gone, at one place of the contract. */
export interface FindingGroup extends Advised {
  readonly line: number;
  readonly pointers: readonly string[];
  readonly outdatedEntry: string | undefined;
  readonly toDo: string;
  /** A ledger entry to paste, for the first of the names. */
  readonly stub: readonly string[];
}

/** What a reader calls each change, in the order in which they are worth reading. */
export const changeTitles: Readonly<Record<Finding['change'], string>> = {
  new: 'New upstream',
  gone: 'Only in the contract',
  changed: 'Different',
};
const changes = Object.keys(changeTitles);

export function groupFindings(findings: readonly ReportedFinding[]): FindingGroup[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const { change, subject, name, contract, upstream, outdatedEntry } = finding;
    const isNothingButNamed = contract.says === name || upstream.says === name;
    const key = JSON.stringify([change, subject, contract.pointer, isNothingButNamed && !outdatedEntry ? '' : name]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(finding);
  }
  const taken = new Set<string>();
  return [...groups.values()]
    .map((group) => toGroup(group, taken))
    .sort((a, b) => {
      return changes.indexOf(a.change) - changes.indexOf(b.change) || compareText(a.subject, b.subject);
    });
}

function toGroup(findings: ReportedFinding[], taken: Set<string>): FindingGroup {
  findings.sort((a, b) => compareText(a.name, b.name));
  const [first] = findings as [ReportedFinding];
  const { change, subject, contract, upstream, outdatedEntry } = first;
  const names = findings.map(({ name }) => name);
  const pointers = [...new Set(findings.flatMap((finding) => finding.upstream.pointers))];
  const toDo = advise({ change, subject, contract, upstream, names });
  const id = outdatedEntry ?? freeId(first, taken);
  taken.add(id);
  const stub = ledgerStub(first, id);
  if (names.length > 1) stub.push('# and one for each of the others');
  return { change, subject, contract, upstream, outdatedEntry, names, pointers, line: contract.line, toDo, stub };
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const maxNames = 50;

/** A document from outside may have names without number. */
export function listNames(names: readonly string[], write: (name: string) => string): string {
  const rest = names.length - maxNames;
  return names.slice(0, maxNames).map(write).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
