import { table } from '../lib/table.js';
import type { Part } from './compare.js';
import { levels } from './finding.js';

/** So many changes that break nobody are told of one by one. */
const shownPatches = 5;

/** What was found, the worst first. */
export function partText({ title, findings, missing }: Part): string {
  if (missing !== undefined) return `${title}: not compared. ${missing}`;
  if (findings.length === 0) return `${title}: nothing`;
  const sorted = [...findings].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  const patches = findings.filter(({ level }) => level === 'patch').length;
  const hidden = Math.max(0, patches - shownPatches);
  const rows = sorted
    .slice(0, findings.length - hidden)
    .map(({ level, where, what }) => ['', level, `${where} ${what}`]);
  if (hidden > 0) rows.push(['', 'patch', `and ${hidden} more`]);
  return `${title}:\n${table(rows)}`;
}
