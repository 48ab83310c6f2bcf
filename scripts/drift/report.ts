import type { Json } from '../lib/json-pointer.js';
import { compare } from './compare.js';
import { contractFile, parseUpstream, readContract } from './document.js';
import { type Finding, plain, says } from './findings.js';
import { entryFor, explain, freeId, ledgerFile } from './ledger.js';
import type { Loaded } from './load.js';
import { readLedger } from './read-ledger.js';

/** The contract and the ledger, with which Dixa's document is compared. */
export type Ours = ReturnType<typeof readOurs>;

export function readOurs(root: string) {
  const contract = readContract(root);
  return { contract, ledger: readLedger(root, contract) };
}

export type DriftReport = ReturnType<typeof makeReport>;

/** Compares Dixa's document with the contract and the ledger of a project. */
export function makeReport({ contract, ledger }: Ours, { source, text }: Loaded) {
  const upstream = parseUpstream(text, source);
  const { unexplained, explained, stale } = explain(ledger.entries, contract, compare(contract, upstream));
  const taken = new Set(ledger.entries.map(({ id }) => id));
  const info = (key: string) => plain(String(says(((upstream.root.info ?? {}) as Json)[key] ?? 'unknown')));
  return {
    upstream: { source: plain(source), title: info('title'), version: info('version') },
    /** Differences that no ledger entry explains. */
    unexplained: unexplained.sort(byWorth).map((finding) => {
      const { name, contract: ours, upstream: theirs } = finding;
      // Upstream or the contract has changed since the entry was written. An entry for a list is about one of its values.
      const isOfList = ours.says === name || theirs.says === name;
      const outdatedEntry = isOfList ? undefined : stale.find(({ pointer }) => pointer === ours.pointer)?.entry.id;
      const newEntry = entryFor(finding, outdatedEntry ?? freeId(finding, taken));
      return { ...finding, contract: { ...ours, line: contract.lineOf(ours.pointer) }, outdatedEntry, newEntry };
    }),
    explained: explained.map(({ finding, entry }) => ({ ...finding, entry: entry.id })),
    /** Entries that no longer explain anything, with the place that they refer to. */
    stale: stale.map(({ entry, pointer }) => {
      return { entry: entry.id, line: ledger.lineOf(entry), pointer: plain(pointer) };
    }),
  };
}

/** The title of each kind of change, by importance. */
const titles = { new: 'New upstream', gone: 'Only in the contract', changed: 'Different' } as const;

function byWorth(a: Finding, b: Finding): number {
  const key = ({ change, subject, name, contract }: Finding) =>
    [Object.keys(titles).indexOf(change), subject, name, contract.pointer].join('\n');
  return key(a) < key(b) ? -1 : 1;
}

/** Whether there is anything to do. Stale entries are drift too, because upstream has changed. */
export const hasDrift = ({ unexplained, stale }: DriftReport): boolean => unexplained.length + stale.length > 0;

/** A task list in Markdown, for the terminal and for the body of an issue. All text from outside is inside code. */
export function markdownOf({ upstream, unexplained, stale, explained }: DriftReport): string {
  const entries = new Set(explained.map(({ entry }) => entry)).size;
  const items = [...unexplained.map(findingItem), ...stale.map(staleItem)];
  return [
    "## Drift from Dixa's document",
    `${code(upstream.source)} (${code(`${upstream.title} ${upstream.version}`)}) against ${code(contractFile)}: ${unexplained.length} unexplained, ${stale.length} stale, ${explained.length} explained by ${entries} entries of ${ledgerFile}.`,
    items.length > 0 ? toDo : 'Nothing to do.',
    ...items,
  ].join('\n\n');
}

const toDo = `Update ${contractFile}. If the contract is right, paste the entry into ${ledgerFile} and say why. Remove stale entries.`;

function findingItem({
  change,
  subject,
  name,
  contract,
  upstream,
  outdatedEntry,
  newEntry,
}: DriftReport['unexplained'][number]) {
  const [first = '', ...others] = upstream.pointers;
  return [
    `- [ ] ${titles[change]}: ${code(`${subject} ${name}`)}`,
    `  - contract: ${code(`${contractFile}:${contract.line}`)}`,
    `  - upstream: ${code(first)}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    ...(outdatedEntry ? [`  - ledger: ${code(outdatedEntry)} says something else`] : []),
    // Every line begins with a fixed word, so text from outside cannot end the block.
    ...['```yaml', ...newEntry.split('\n'), '```'].map((line) => `    ${line}`),
  ].join('\n');
}

function staleItem({ entry, line, pointer }: DriftReport['stale'][number]) {
  return [
    `- [ ] Stale ledger entry: ${code(entry)}`,
    `  - place: ${code(`${ledgerFile}:${line}`)}`,
    `  - pointer: ${code(pointer)}`,
  ].join('\n');
}

/** A Markdown code span, in which only backticks are special. */
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;
