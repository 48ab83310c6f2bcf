import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, type } from 'node:os';
import { join } from 'node:path';
import { manifest } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';
import { benchFolder, type Effort } from './harness.js';
import { type Limit, type Results, sections } from './sections.js';
import { figure, ratio, ratioOf, type Samples, spreadOf, verdictOf, withRange } from './statistics.js';

/** The packages to compare with, and their versions. */
export const peers: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(benchFolder, 'package.json'), 'utf8'),
).dependencies;

/** The environment of the measurement. */
export function aboutThisRun({ rounds, warmUpMs, measuredMs }: Effort): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${type()} ${arch()}, load ${loadavg()[0]?.toFixed(1)}`;
  return `Node ${process.versions.node} on ${machine} at the start. ${rounds} rounds; in each, a process warms up for ${warmUpMs} ms of CPU time and is measured for ${measuredMs} ms, or two to three times as long over HTTP.
${manifest.name} ${manifest.version}, ${versions.join(', ')}.`;
}

/** The table of a section: the cost of each contender by case and, for operations, the ratio to the first contender. */
export function sectionTable(name: string, cases: Results[string] = {}): string {
  const { title = name, contenders = [], limits = [], start } = sections[name] ?? {};
  const [base = ''] = contenders;
  const head = Object.keys(cases).flatMap((one) => (start ? [`${one}, µs`, 'ratio'] : [one]));
  const rows = contenders.map((row) => [
    row,
    ...Object.values(cases).flatMap((samples) => {
      const compared = ratioOf(samples, row, base);
      const level = row !== base && verdictOf(compared) === 'level' ? ' level' : '';
      const cost = withRange(spreadOf(samples[row]), figure);
      return start ? [cost, `${withRange(compared, ratio)}${level}`] : [cost];
    }),
  ]);
  const right = head.map((_, column) => column + 1);
  const judged = limits.map((limit) => judge(limit, cases[limit[0]])).join('');
  return `## ${title}\n\n${markdownTable([['', ...head], ...rows], right)}${judged && `\n${judged}`}`;
}

/** Whether a limit is met, by the median. Empty if the case was not measured. */
function judge([name, row, most, than]: Limit, samples?: Samples): string {
  if (!samples) return '';
  const spread = than ? ratioOf(samples, row, than) : spreadOf(samples[row]);
  const limit = than ? `${most} × ${than}` : most;
  const outcome = spread.median <= most ? 'met' : '**not met**';
  return `- Limit for ${name}: ${row} ≤ ${limit}; ${outcome}: ${withRange(spread, than ? ratio : figure)}\n`;
}

/** The conclusions, one line for each main section. */
export function conclusions(results: Results): string {
  const lines = {
    'One client call in memory': results.client,
    'One client call over HTTP': results['client-http'],
    'One event, from bytes to handler': results.receiver,
    'One delivery over HTTP on Node': results.http,
    'The client in a bundle': { bundle: results['client-size']?.['bundle, B'] ?? {} },
  };
  return Object.entries(lines)
    .map(([what, cases]) => `- **${what}** costs ${standing(cases)}.\n`)
    .join('');
}

const inWords = new Intl.ListFormat('en-GB');

/** Rows of tables that are not alternatives to this package. */
export const notCompared = / with memoryDedupe$| alone$/;

/** How the cost of the first contender compares to the others. If cases disagree, it counts as level. */
export function standing(cases: Results[string] = {}): string {
  const measured = Object.values(cases);
  const [ours = '', ...others] = Object.keys(measured[0] ?? {}).filter((name) => !notCompared.test(name));
  const verdicts = others.map((name) => {
    const found = new Set(measured.map((samples) => verdictOf(ratioOf(samples, name, ours))));
    return found.size === 1 ? [...found][0] : 'level';
  });
  const phrases = { more: 'less than', level: 'about as much as', less: 'more than' };
  const parts = Object.entries(phrases).flatMap(([verdict, phrase]) => {
    const names = others.filter((_, index) => verdicts[index] === verdict);
    return names.length > 0 ? [`${phrase} ${inWords.format(names)}`] : [];
  });
  return parts.join(', ');
}
