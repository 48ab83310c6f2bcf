import { table } from '../table.js';
import type { Part } from './compare.js';
import { levels } from './finding.js';

/** What was found, the worst first; what is less than minor is only counted. */
export function partText({ title, findings, missing }: Part): string {
  if (missing !== undefined) return `${title}: not compared. ${missing}`;
  const worst = findings.filter(({ level }) => level !== 'patch');
  const rest = findings.length - worst.length;
  if (findings.length === 0) return `${title}: nothing`;
  const sorted = worst.sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  const rows = sorted.map(({ level, where, what }) => ['', level, `${where} ${what}`]);
  if (rest > 0) rows.push(['', 'patch', rest === 1 ? 'one smaller change' : `${rest} smaller changes`]);
  return `${title}:\n${table(rows)}`;
}
