import { changeTitles, type FindingGroup, groupFindings } from './group.js';
import { plain } from './plain-text.js';
import { type DriftReport, headline, type StaleEntry } from './report.js';
import type { Says } from './schema-keywords.js';

/** For the terminal: what and where, and what to do. */
export function formatText(report: DriftReport): string {
  const { contract, upstream } = report;
  const blocks = [
    `${plain(upstream.source)} (${plain(upstream.title)} ${plain(upstream.version)})\nagainst ${contract.file} (${plain(contract.version)})`,
    ...groupFindings(report.unexplained).map((group) => formatGroup(group, contract.file)),
    ...report.stale.map(formatStale),
    `drift: ${headline(report)}.`,
  ];
  return blocks.join('\n\n');
}

function formatGroup(
  { change, subject, names, contract, line, upstream, pointers, outdatedEntry, toDo }: FindingGroup,
  file: string,
): string {
  const [first = '', ...others] = pointers;
  // As a ledger entry would write it. Names already stand above.
  const says = (value: Says) => (names.includes(String(value)) ? '' : `, says: ${plain(value)}`);
  return [
    `${changeTitles[change]}: ${subject} ${names.map(plain).join(', ')}`,
    `  contract  ${file}:${line} ${plain(contract.pointer)}${says(contract.says)}`,
    `  upstream  ${plain(first)}${others.length > 0 ? ` and ${others.length} more` : ''}${says(upstream.says)}`,
    ...(outdatedEntry === undefined ? [] : [`  ledger    ${outdatedEntry} speaks of other values`]),
    `  to do     ${toDo}`,
  ].join('\n');
}

function formatStale({ entry, file, line, pointer, toDo }: StaleEntry): string {
  return [
    `Stale ledger entry: ${entry}`,
    `  ledger    ${file}:${line}`,
    `  contract  ${plain(pointer)}`,
    `  to do     ${toDo}`,
  ].join('\n');
}
