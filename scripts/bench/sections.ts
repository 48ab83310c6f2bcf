import { measureHttp } from './http.js';
import { measureContenders } from './measure-by-turns.js';
import { measureClients } from './measure-clients.js';
import { measureGrowth } from './measure-growth.js';
import { measureLimit } from './measure-limit.js';
import { measureScale } from './measure-scale.js';
import { measurePipeline } from './pipeline.js';
import type { Programs } from './programs.js';
import type { OnCase, ProcessRounds, Rounds, SectionName } from './result.js';
import { measureSize, type SizeRounds } from './sizes.js';

/** How thoroughly to measure. Rounds without a time do a fixed piece of work each. */
export interface Effort {
  readonly client: { readonly memory: Rounds; readonly http: Rounds };
  readonly receiver: { readonly memory: Rounds; readonly http: ProcessRounds };
  readonly scale: ScaleEffort;
  readonly limitedCalls: number;
  readonly size: SizeRounds;
  readonly growth: number;
  readonly pipeline: number;
}

/** How many calls are made over HTTP by each client, and in memory, where what each leaves behind shows. */
export interface ScaleEffort {
  readonly calls: number;
  readonly callsInMemory: number;
  readonly clients: readonly string[];
}

/** What is published. The process of a receiver over HTTP is under load for some 2 s. */
export const thorough: Effort = {
  client: {
    memory: { count: 301, ms: 2, warmUpMs: 4_000 },
    http: { count: 301, ms: 5, warmUpMs: 20_000 },
  },
  receiver: {
    memory: { count: 121, ms: 2, warmUpMs: 200 },
    http: { processes: 6, count: 24, ms: 30, warmUpMs: 1_200 },
  },
  scale: { calls: 10_000, callsInMemory: 16_000, clients: ['dixa-webhooks', 'openapi-fetch'] },
  limitedCalls: 100,
  size: { imports: 50, types: 2 },
  growth: 7,
  pipeline: 2,
};

/** Enough to see the order, not the second digit. */
export const quick: Effort = {
  client: {
    memory: { count: 11, ms: 2, warmUpMs: 250 },
    http: { count: 11, ms: 5, warmUpMs: 500 },
  },
  receiver: {
    memory: { count: 11, ms: 2, warmUpMs: 15 },
    http: { processes: 1, count: 5, ms: 30, warmUpMs: 60 },
  },
  scale: { calls: 300, callsInMemory: 5_000, clients: ['dixa-webhooks'] },
  limitedCalls: 14,
  size: { imports: 1, types: 0 },
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
    client: () => measureClients(programs, 'client', effort.client.memory, onCase),
    'client-http': () =>
      programs.withApi(({ port }) => measureClients(programs, 'client-http', effort.client.http, onCase, port)),
    scale: () => programs.withApi(({ port }) => measureScale(programs, effort.scale, onCase, port)),
    limit: () => measureLimit(programs, effort.limitedCalls, onCase),
    verify: () => measureContenders(programs, 'verify', effort.receiver.memory, onCase),
    parse: () => measureContenders(programs, 'parse', effort.receiver.memory, onCase),
    http: () => measureHttp(programs, effort.receiver.http, onCase),
    size: () => measureSize(effort.size, onCase),
    growth: () => measureGrowth(programs, effort.growth, onCase),
    pipeline: () => measurePipeline(effort.pipeline, onCase),
  };
  for (const section of sections) await measures[section]();
}
