import { changeTitles, type FindingGroup, groupFindings, listNames } from './group.js';
import { plain } from './plain-text.js';
import { type DriftReport, headline, type StaleEntry } from './report.js';

/** A document from outside may differ without end. */
const maxBlocks = 200;

/** For the terminal: what and where, and what to do. */
export function formatText(report: DriftReport): string {
  const { contract, upstream } = report;
  const drift = [
    ...groupFindings(report.unexplained).map((group) => formatGroup(group, contract.file)),
    ...report.stale.map(formatStale),
  ];
  const rest = drift.length - maxBlocks;
  const blocks = [
    `${plain(upstream.source)} (${plain(upstream.title)} ${plain(upstream.version)})\nagainst ${contract.file} (${plain(contract.version)})`,
    ...drift.slice(0, maxBlocks),
    ...(rest > 0 ? [`And ${rest} more: \`--format json\` prints all.`] : []),
    `drift: ${headline(report)}.`,
  ];
  return blocks.join('\n\n');
}

function formatGroup(
  { change, subject, names, line, pointers, outdatedEntry, toDo, stub }: FindingGroup,
  file: string,
): string {
  const [first = '', ...others] = pointers;
  return [
    `${changeTitles[change]}: ${subject} ${listNames(names, plain)}`,
    `  contract  ${file}:${line}`,
    `  upstream  ${plain(first)}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    ...(outdatedEntry === undefined ? [] : [`  ledger    ${outdatedEntry} speaks of other values`]),
    `  to do     ${toDo}`,
    ...stub.map((text, index) => `  ${index === 0 ? 'entry     ' : '          '}${text}`),
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
