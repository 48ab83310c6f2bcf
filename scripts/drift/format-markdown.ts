import { changeTitles, type FindingGroup, groupFindings, listNames } from './group.js';
import { code } from './plain-text.js';
import { type DriftReport, hasDrift, headline, type StaleEntry } from './report.js';

/** An issue's body holds 65,536 characters. */
const maxCharacters = 60_000;

/** For the body of an issue: a list to tick off. All that comes from outside stands in code spans. */
export function formatMarkdown(report: DriftReport): string {
  const { contract, upstream } = report;
  const groups = groupFindings(report.unexplained);
  const items = (['new', 'gone', 'changed'] as const).flatMap((change) => {
    const found = groups.filter((group) => group.change === change);
    return titled(
      changeTitles[change],
      found.map((group) => formatGroup(group, contract.file)),
    );
  });
  items.push(...titled('Stale ledger entries', report.stale.map(formatStale)));
  return [
    "## Drift from Dixa's document\n",
    `${code(upstream.source)} (${code(`${upstream.title} ${upstream.version}`)}) against ${code(contract.file)}: ${headline(report)}.\n`,
    ...(hasDrift(report) ? [] : ['Nothing to do.']),
    ...fitting(items),
  ].join('\n');
}

/** The heading is part of the first item, so that neither stands without the other. */
function titled(title: string, [first, ...others]: readonly string[]): string[] {
  return first === undefined ? [] : [`### ${title}\n\n${first}`, ...others];
}

function fitting(items: readonly string[]): string[] {
  let left = maxCharacters;
  const fit = items.filter((item) => {
    left -= item.length + 1;
    return left > 0;
  });
  const rest = items.length - fit.length;
  return rest > 0 ? [...fit, `\nAnd ${rest} more: run \`npm run drift\` to see them.`] : fit;
}

function formatGroup(
  { subject, names, line, pointers, outdatedEntry, toDo, stub }: FindingGroup,
  file: string,
): string {
  const [first = '', ...others] = pointers;
  return [
    `- [ ] ${/^[\w $-]+$/.test(subject) ? `**${subject}**` : code(subject)} ${listNames(names, code)}`,
    `  - contract: ${code(`${file}:${line}`)}`,
    `  - upstream: ${code(first)}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    ...(outdatedEntry === undefined ? [] : [`  - ledger: ${code(outdatedEntry)} speaks of other values`]),
    `  - to do: ${toDo}`,
    // Each line of it begins with a word of ours, so nothing in it can end the block.
    ...['```yaml', ...stub, '```\n'].map((text) => `    ${text}`),
  ].join('\n');
}

function formatStale({ entry, file, line, pointer, toDo }: StaleEntry): string {
  return [
    `- [ ] **ledger entry** ${code(entry)} at ${code(pointer)}`,
    `  - place: ${code(`${file}:${line}`)}`,
    `  - to do: ${toDo}\n`,
  ].join('\n');
}
