import { type Advised, advise } from './advice.js';
import type { Finding } from './findings.js';
import type { ReportedFinding } from './report.js';

/** Findings that a reader takes as one: things of one kind that are new, or gone, at one place of the contract. */
export interface FindingGroup extends Advised {
  readonly line: number;
  readonly pointers: readonly string[];
  readonly outdatedEntry: string | undefined;
  readonly toDo: string;
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
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .map(toGroup)
    .sort(
      (a, b) =>
        changes.indexOf(a.change) - changes.indexOf(b.change) ||
        (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
    );
}

function toGroup(findings: readonly ReportedFinding[]): FindingGroup {
  const [first] = findings as [ReportedFinding];
  const { change, subject, contract, upstream, outdatedEntry } = first;
  const names = findings.map(({ name }) => name).sort();
  const pointers = [...new Set(findings.flatMap((finding) => finding.upstream.pointers))];
  const toDo = advise({ change, subject, contract, upstream, names });
  return { change, subject, contract, upstream, outdatedEntry, names, pointers, line: contract.line, toDo };
}
