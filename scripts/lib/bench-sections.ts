import { measureContenders } from './bench-by-turns.js';
import { measureGrowth } from './bench-growth.js';
import { measureHttp } from './bench-http.js';
import { measureLimit } from './bench-limit.js';
import { measurePipeline } from './bench-pipeline.js';
import type { Programs } from './bench-programs.js';
import type { OnCase, Rounds, SectionName } from './bench-result.js';
import { measureScale } from './bench-scale.js';
import { measureSize, type SizeRounds } from './bench-size.js';

/** How thoroughly to measure. Rounds without a time do a fixed piece of work each. */
export interface Effort {
  readonly memory: Rounds;
  readonly clientHttp: Rounds;
  readonly http: Rounds;
  readonly scale: { readonly rounds: number; readonly calls: number; readonly clients: readonly string[] };
  readonly limitedCalls: number;
  readonly size: SizeRounds;
  readonly growth: number;
  readonly pipeline: number;
}

/** What is published. Of HTTP, a contender gets less than 5 s in each case. */
export const thorough: Effort = {
  memory: { count: 61, ms: 8, warmUpMs: 200 },
  clientHttp: { count: 15, ms: 250, warmUpMs: 400 },
  http: { count: 16, ms: 200, warmUpMs: 1_500 },
  scale: { rounds: 3, calls: 10_000, clients: ['dixa-webhooks', 'openapi-fetch', 'fetch'] },
  limitedCalls: 100,
  size: { imports: 50, types: 5 },
  growth: 7,
  pipeline: 3,
};

/** Enough to see the order, not the second digit. */
export const quick: Effort = {
  memory: { count: 5, ms: 4, warmUpMs: 15 },
  clientHttp: { count: 5, ms: 30, warmUpMs: 60 },
  http: { count: 3, ms: 100, warmUpMs: 100 },
  scale: { rounds: 1, calls: 3_000, clients: ['dixa-webhooks'] },
  limitedCalls: 24,
  size: { imports: 1, types: 1 },
  growth: 1,
  pipeline: 1,
};

/** Measures sections, one after another, and tells each case as soon as it is known. */
export async function measure(
  programs: Programs,
  sections: readonly SectionName[],
  effort: Effort,
  onCase: OnCase,
): Promise<void> {
  const measures: Readonly<Record<SectionName, () => Promise<void>>> = {
    client: () => measureContenders(programs, 'client', effort.memory, onCase),
    'client-http': () =>
      programs.withApi(({ port }) => measureContenders(programs, 'client-http', effort.clientHttp, onCase, port)),
    scale: () => programs.withApi(({ port }) => measureScale(programs, effort.scale, onCase, port)),
    limit: () => measureLimit(programs, effort.limitedCalls, onCase),
    verify: () => measureContenders(programs, 'verify', effort.memory, onCase),
    parse: () => measureContenders(programs, 'parse', effort.memory, onCase),
    http: () => measureHttp(programs, effort.http, onCase),
    size: () => measureSize(effort.size, onCase),
    growth: () => measureGrowth(programs, effort.growth, onCase),
    pipeline: () => measurePipeline(effort.pipeline, onCase),
  };
  for (const section of sections) await measures[section]();
}
