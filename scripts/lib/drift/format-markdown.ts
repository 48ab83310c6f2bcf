import { changeTitles, type FindingGroup, groupFindings } from './group.js';
import { code } from './plain-text.js';
import { type DriftReport, hasDrift, headline, type StaleEntry } from './report.js';
import type { Says } from './schema-keywords.js';

/** An issue's body holds 65,536 characters. */
const maxCharacters = 60_000;

/** For the body of an issue: a list to tick off. All that comes from outside stands in code spans. */
export function formatMarkdown(report: DriftReport): string {
  const { contract, upstream } = report;
  const groups = groupFindings(report.unexplained);
  const sections = (['new', 'gone', 'changed'] as const).flatMap((change) => {
    const items = groups.filter((group) => group.change === change).map((group) => formatGroup(group, contract.file));
    return items.length > 0 ? [`### ${changeTitles[change]}\n`, ...items] : [];
  });
  if (report.stale.length > 0) sections.push('### Stale ledger entries\n', ...report.stale.map(formatStale));
  return [
    "## Drift from Dixa's document\n",
    `${code(upstream.source)} (${code(`${upstream.title} ${upstream.version}`)}) against ${code(contract.file)}: ${headline(report)}.\n`,
    ...(hasDrift(report) ? [] : ['Nothing to do.']),
    ...fitting(sections),
  ].join('\n');
}

function fitting(sections: readonly string[]): string[] {
  let left = maxCharacters;
  const fit = sections.filter((section) => {
    left -= section.length + 1;
    return left > 0;
  });
  const rest = sections.length - fit.length;
  return rest > 0 ? [...fit, `\nAnd ${rest} more: run \`npm run drift\` to see them.`] : fit;
}

function formatGroup(
  { subject, names, contract, line, upstream, pointers, outdatedEntry, toDo }: FindingGroup,
  file: string,
): string {
  const [first = '', ...others] = pointers;
  // As a ledger entry would write it. Names already stand above.
  const says = (value: Says) => (names.includes(String(value)) ? '' : `, says: ${code(value)}`);
  return [
    `- [ ] **${subject}** ${names.map(code).join(', ')}`,
    `  - contract: ${code(`${file}:${line}`)} ${code(contract.pointer)}${says(contract.says)}`,
    `  - upstream: ${code(first)}${others.length > 0 ? ` and ${others.length} more` : ''}${says(upstream.says)}`,
    ...(outdatedEntry === undefined ? [] : [`  - ledger: ${code(outdatedEntry)} speaks of other values`]),
    `  - to do: ${toDo}\n`,
  ].join('\n');
}

function formatStale({ entry, file, line, pointer, toDo }: StaleEntry): string {
  return [
    `- [ ] **ledger entry** ${code(entry)} (${code(`${file}:${line}`)}) at ${code(pointer)}`,
    `  - to do: ${toDo}\n`,
  ].join('\n');
}
