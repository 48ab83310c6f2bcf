import type { Verdict } from './bench-claims.js';
import { type BenchCase, sections, speedOver } from './bench-result.js';
import { table } from './table.js';

/** The table of a case. The first row is what the others are compared with. */
export function caseTable(result: BenchCase): string {
  const { title, unit } = sections[result.section];
  const base = result.rows[0]?.name ?? '';
  const withP99 = result.rows.some(({ p99 }) => p99 !== undefined);
  const head = [`${title}, ${result.name}`, unit, 'spread', 'speed', ...(withP99 ? ['p99'] : [])];
  const rows = result.rows.map(({ name, median, spread, p99 }) => [
    name,
    figure(median),
    `±${(spread * 100).toFixed(0)} %`,
    `${speedOver(result, name, base).toFixed(2)} ×`,
    ...(p99 === undefined ? [] : [`${p99.toFixed(2)} ms`]),
  ]);
  return table([head, ...rows], [1, 2, 3, 4]);
}

/** The table of what was to be reached. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ claim, measured, limit, reached }) => [
    claim,
    measured.toFixed(2),
    limit,
    reached ? 'reached' : 'NOT REACHED',
  ]);
  return table([['What is to be reached', 'measured', 'limit', ''], ...rows], [1]);
}

function figure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
