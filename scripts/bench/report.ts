import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, type } from 'node:os';
import { manifest } from '../lib/package.js';
import { packageFile } from '../lib/run-node.js';
import { markdownTable, table } from '../lib/table.js';
import { outcomeOf, type Verdict } from './claims.js';
import { hasCores } from './cores.js';
import { pinnedPeers } from './installed-peers.js';
import { type BenchCase, columns, sectionOf, speedOver } from './result.js';
import type { Effort } from './sections.js';

/** How many other programs may run on each core before ratios are no longer to be believed. */
const BUSY = 0.5;

/** The machine, the versions and the rounds: what the figures depend on. */
export function aboutThisRun({ client, receiver, scale, size }: Effort): string {
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  const lines = [
    `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim()}, ${type()} ${arch()}.`,
    `${manifest.name} ${manifest.version} beside ${pinnedPeers().join(', ')}.`,
    `Bundled by esbuild ${versionOf('esbuild')}, checked by TypeScript ${versionOf('typescript-native')}.`,
    hasCores
      ? 'What is measured and the other end of its connections were kept on a core each.'
      : 'Programs were not kept on cores, for want of taskset or of two cores: figures over HTTP spread more.',
    `Load before it began: ${load.toFixed(2)}, where 1 is one busy core.`,
    `Medians of ${client.memory.count} rounds of a client in memory and ${client.http.count} over HTTP, ${receiver.memory.count} of a receiver in memory, ${receiver.http.processes} processes of one over HTTP with ${receiver.http.count} rounds each, ${size.imports} imports; thousands of calls are ${scale.calls.toLocaleString('en')}.`,
  ];
  if (load > BUSY * cpus().length) {
    lines.push(`**The machine was busy with other work (load ${load.toFixed(1)}): measure again when it is not.**`);
  }
  return lines.join('\n');
}

function versionOf(name: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile(name, 'package.json'), 'utf8'));
  return version;
}

type Cells = readonly (readonly string[])[];

/** The table of a case, for a terminal. */
export function caseTable(result: BenchCase): string {
  const [head = [], ...rows] = caseCells(result);
  const title = `${sectionOf(result.section).title}, ${result.name}`;
  return table([[title, ...head.slice(1)], ...rows], figuresOf(head));
}

/** The table of what was to be reached, for a terminal. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(verdictCells(verdicts), [2, 3]);
}

/** What was to be reached, and all cases, as Markdown. */
export function markdownReport(results: readonly BenchCase[], verdicts: readonly Verdict[], about: string): string {
  const parts = [about, '## What was to be reached', markdownTable(verdictCells(verdicts), [2, 3]).trimEnd()];
  let title = '';
  for (const result of results) {
    const section = sectionOf(result.section).title;
    if (section !== title) parts.push(`## ${section}`);
    title = section;
    const [head = [], ...rows] = caseCells(result);
    parts.push(markdownTable([[result.name, ...head.slice(1)], ...rows], figuresOf(head)).trimEnd());
  }
  return `${parts.join('\n\n')}\n`;
}

const figuresOf = (head: readonly string[]) => head.map((_, column) => column).slice(1);

function caseCells(result: BenchCase): Cells {
  const { base, columns: wanted } = sectionOf(result.section);
  const [first, ...more] = wanted;
  const others = more.filter((column) => result.rows.some(({ values }) => values[column] !== undefined));
  const withSpread = result.rows.some(({ spread }) => spread !== undefined);
  const titleOf = (column: keyof typeof columns) =>
    `${columns[column].title}, ${columns[column].unit}`.replace(/, $/, '');
  const head = [
    '',
    titleOf(first),
    ...(withSpread ? ['spread'] : []),
    ...(base ? ['speed'] : []),
    ...others.map(titleOf),
  ];
  const rows = result.rows.map(({ name, values, spread }) => [
    name,
    figure(values[first], columns[first].decimals),
    ...(withSpread ? [spread === undefined ? '–' : `±${(spread * 100).toFixed(0)} %`] : []),
    ...(base ? [`${speedOver(result, name, base, first).toFixed(2)} ×`] : []),
    ...others.map((column) => figure(values[column], columns[column].decimals)),
  ]);
  return [head, ...rows];
}

function verdictCells(verdicts: readonly Verdict[]): Cells {
  const rows = verdicts.map((verdict) => [
    `${verdict.section}: ${verdict.claim}`,
    verdict.worst,
    figure(verdict.measured, 2),
    verdict.noise > 0 ? `±${(verdict.noise * 100).toFixed(0)} %` : '',
    verdict.limit,
    outcomeOf(verdict),
  ]);
  return [['what is to be reached', 'where it is closest', 'measured', 'by chance', 'limit', ''], ...rows];
}

function figure(value: number | undefined, decimals: number): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 1000 ? 0 : decimals;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
