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

/** The output of `npm run drift -- --format json`. */
export type DriftReport = ReturnType<typeof makeReport>;

/** Compares Dixa's document with the contract and the ledger of a project. */
export function makeReport({ contract, ledger }: Ours, { source, text }: Loaded) {
  const upstream = parseUpstream(text, source);
  const { unexplained, explained, stale } = explain(ledger.entries, contract, compare(contract, upstream));
  const taken = new Set(ledger.entries.map(({ id }) => id));
  const info = (root: Json, key: string) => plain(String(says(((root.info ?? {}) as Json)[key] ?? 'unknown')));
  return {
    contract: { file: contractFile, version: info(contract.root, 'version') },
    upstream: { source: plain(source), title: info(upstream.root, 'title'), version: info(upstream.root, 'version') },
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
      return { entry: entry.id, file: ledgerFile, line: ledger.lineOf(entry), pointer: plain(pointer) };
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

export const formats: Readonly<Record<string, (report: DriftReport) => string>> = {
  text: formatText,
  json: (report) => JSON.stringify(report, null, 2),
  markdown: formatMarkdown,
};

const toDo = `Update ${contractFile}. If the contract is right, paste the entry into ${ledgerFile} and say why. Remove stale entries.`;

function headline({ unexplained, stale, explained }: DriftReport): string {
  const entries = new Set(explained.map(({ entry }) => entry)).size;
  return `${unexplained.length} unexplained, ${stale.length} stale, ${explained.length} explained by ${entries} entries of ${ledgerFile}`;
}

const andMore = ({ upstream: { pointers } }: Finding) => (pointers[1] ? [`${pointers.length - 1} more`] : []);

/** The things to do, each with its places. */
function itemsOf({ contract, unexplained, stale }: DriftReport) {
  const findings = unexplained.map((finding) => ({
    title: titles[finding.change],
    name: `${finding.subject} ${finding.name}`,
    places: {
      contract: `${contract.file}:${finding.contract.line}`,
      upstream: [...finding.upstream.pointers.slice(0, 1), ...andMore(finding)].join(' and '),
      ...(finding.outdatedEntry && { ledger: `${finding.outdatedEntry} says something else` }),
    },
    entry: finding.newEntry.split('\n'),
  }));
  const entries = stale.map(({ entry, file, line, pointer }) => ({
    ...{ title: 'Stale ledger entry', name: entry, places: { place: `${file}:${line}`, pointer }, entry: [] },
  }));
  return [...findings, ...entries];
}

/** Output for the terminal. */
function formatText(report: DriftReport): string {
  const { contract, upstream } = report;
  const items = itemsOf(report).map(({ title, name, places, entry }) =>
    [
      `${title}: ${name}`,
      ...Object.entries(places).map(([label, text]) => `  ${label.padEnd(10)}${text}`),
      ...entry.map((line, index) => `  ${(index === 0 ? 'entry' : '').padEnd(10)}${line}`),
    ].join('\n'),
  );
  return [
    `${upstream.source} (${upstream.title} ${upstream.version})\nagainst ${contract.file} (${contract.version})`,
    ...items,
    ...(items.length > 0 ? [toDo] : []),
    `drift: ${headline(report)}.`,
  ].join('\n\n');
}

/** A Markdown code span, in which only backticks are special. */
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;

/** The body of an issue is limited to 65,536 characters. */
const maxCharacters = 60_000;

/** Output for the body of an issue: a task list. All text from outside is inside code. */
function formatMarkdown(report: DriftReport): string {
  const { contract, upstream } = report;
  const items = itemsOf(report).map(({ title, name, places, entry }) =>
    [
      `- [ ] ${title}: ${code(name)}`,
      ...Object.entries(places).map(([label, text]) => `  - ${label}: ${code(text)}`),
      // Every line begins with a fixed word, so text from outside cannot end the block.
      ...(entry.length > 0 ? ['```yaml', ...entry, '```'].map((text) => `    ${text}`) : []),
    ].join('\n'),
  );
  let left = maxCharacters;
  const fit = items.filter((item) => {
    left -= item.length + 2;
    return left > 0;
  });
  const rest = items.length - fit.length;
  return [
    "## Drift from Dixa's document",
    `${code(upstream.source)} (${code(`${upstream.title} ${upstream.version}`)}) against ${code(contract.file)}: ${headline(report)}.`,
    items.length > 0 ? toDo : 'Nothing to do.',
    ...fit,
    ...(rest > 0 ? [`And ${rest} more: run \`npm run drift\` to see them.`] : []),
  ].join('\n\n');
}
