import { sizeLimits } from '../check/sizes.js';
import { type Results, sections } from './sections.js';
import { ratio, ratioOf, spreadOf, withRange } from './statistics.js';

/** The most that a contender may cost in a case: times what another costs, or in a unit. */
export type Limit = readonly [section: string, name: string, row: string, most: number, than: string];

const ours = 'dixa-webhooks';
const units = ['ms', 'B'];

/** All that is to be reached. What is not reached fails nothing: it depends on the machine. */
export const limits: readonly Limit[] = [
  ['client', 'list', ours, 1.3, 'openapi-fetch'],
  ['client', 'create', ours, 1.3, 'openapi-fetch'],
  ['client-http', 'list', ours, 1.1, 'openapi-fetch'],
  ['client-http', 'create', ours, 1.1, 'openapi-fetch'],
  ['receiver', '1 kB', 'verifySignature alone', 1.35, 'createHmac alone'],
  ['receiver', '100 kB', 'verifySignature alone', 1.05, 'createHmac alone'],
  ['receiver', '1 kB', 'dixa-webhooks with memoryDedupe', 1.3, ours],
  ['http', '1 kB', ours, 1.05, 'node:http by hand'],
  ['http', '10 kB', ours, 1.05, 'node:http by hand'],
  ['runtimes', 'Bun', ours, 1.25, 'by hand'],
  ['runtimes', 'Deno', ours, 1.05, 'by hand'],
  ['runtimes', 'workerd', ours, 1.05, 'by hand'],
  ['client-size', 'import, ms', ours, 9, 'ms'],
  ['receiver-size', 'import, ms', 'dixa-webhooks/receiver', 10, 'ms'],
  ...Object.entries(sizeLimits).map(([row, { limit }]): Limit => ['exports', 'bundle, B', row, limit, 'B']),
];

/** Compares what was measured with the limits; the median decides. */
export function judge(results: Results, all: readonly Limit[] = limits): string[][] {
  const judged = all.filter(([section]) => results[section]);
  return judged.map(([section, name, row, most, than]) => {
    const samples = results[section]?.[name] ?? {};
    const isRatio = !units.includes(than);
    const spread = isRatio ? ratioOf(samples, row, than) : spreadOf(samples[row]);
    const measured = withRange(spread, isRatio ? ratio : (value) => `${Math.round(value * 10) / 10}`);
    const outcome = Number.isNaN(spread.median)
      ? 'not measured'
      : spread.median <= most
        ? 'reached'
        : '**not reached**';
    const title = `${sections[section]?.title}${isRatio ? `, ${name}` : ''}`;
    return [title, isRatio ? `${row} / ${than}` : row, measured, `≤ ${most} ${isRatio ? '×' : than}`, outcome];
  });
}
