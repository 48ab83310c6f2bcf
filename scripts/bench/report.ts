import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, type } from 'node:os';
import { join } from 'node:path';
import { manifest } from '../lib/package.js';
import { markdownTable } from '../lib/table.js';
import { benchFolder, type Effort } from './harness.js';
import { judge } from './limits.js';
import { type Results, sections } from './sections.js';
import { figure, ratio, ratioOf, spreadOf, verdictOf, withRange } from './statistics.js';

/** What the figures depend on. */
export function aboutThisRun({ rounds, warmUpMs, measuredMs }: Effort): string {
  const { dependencies } = JSON.parse(readFileSync(join(benchFolder, 'package.json'), 'utf8'));
  const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${type()} ${arch()}, load ${loadavg()[0]?.toFixed(1)}`;
  return `Node ${process.versions.node} on ${machine} at the start; ${rounds} rounds, in each of which a process has ${warmUpMs} ms of CPU to warm up (over HTTP more) and ${measuredMs} ms that count.
${manifest.name} ${manifest.version}, ${peers.join(', ')}.`;
}

export function limitTable(results: Results): string {
  return `## Limits\n\n${markdownTable([['where', 'what', 'measured', 'limit', ''], ...judge(results)], [2, 3])}`;
}

/** A row for each contender; each case has what it costs, and how many times as much as the first one. */
export function sectionTable(name: string, cases: Results[string] = {}): string {
  const { title = name, contenders = [], start, skipped = [] } = sections[name] ?? {};
  const [base = ''] = contenders;
  const head = Object.keys(cases).flatMap((one) => (start ? [`${one}, µs`, 'ratio'] : [one]));
  const rows = contenders.map((row) => [
    row,
    ...Object.values(cases).flatMap((samples) => {
      const cost = withRange(spreadOf(samples[row]), figure);
      if (!start) return [cost];
      const compared = ratioOf(samples, row, base);
      const level = row !== base && verdictOf(compared) === 'level' ? ' level' : '';
      return [cost, `${withRange(compared, ratio)}${level}`];
    }),
  ]);
  const right = head.map((_, column) => column + 1);
  const table = head.length > 0 ? markdownTable([['', ...head], ...rows], right) : '';
  return [`## ${title}\n`, table, ...skipped.map((reason) => `${reason}\n`)].join('\n');
}

/** What the figures say, in a line for each of the main sections. */
export function conclusions(results: Results): string {
  const lines = {
    'A client call in memory': results.client,
    'A client call over HTTP': results['client-http'],
    'An event, from bytes to handler,': results.receiver,
    'A delivery over HTTP, on Node,': results.http,
    'The client in a bundle': { bundle: results['client-size']?.['bundle, B'] ?? {} },
  };
  return Object.entries(lines)
    .map(([what, cases]) => `- **${what}** costs ${standing(cases)}.\n`)
    .join('');
}

const phrases = { more: 'less than', level: 'about as much as', less: 'more than' } as const;

/** Which others the first contender costs less than, as much as and more than; level is also what differs between cases. */
export function standing(cases: Results[string] = {}): string {
  const measured = Object.values(cases);
  const [ours = '', ...others] = Object.keys(measured[0] ?? {});
  const verdicts = others
    .filter((name) => !/^dixa|alone$|empty/.test(name))
    .map((name) => {
      const found = new Set(measured.map((samples) => verdictOf(ratioOf(samples, name, ours))));
      return { name, verdict: found.size === 1 ? [...found][0] : 'level' };
    });
  const parts = (['more', 'level', 'less'] as const).map((verdict) => {
    const names = verdicts.filter((one) => one.verdict === verdict).map(({ name }) => name);
    return names.length > 0 ? `${phrases[verdict]} ${names.join(', ')}` : '';
  });
  return parts.filter(Boolean).join('; ');
}
