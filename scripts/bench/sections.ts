import { clients } from './clients.js';
import { type Effort, type Running, startChild, type Task, takeTurns } from './harness.js';
import { nodeListeners, receivers } from './receivers.js';
import { canServe, fetchContenders, installedRuntimes, startClient, startListener, startOnRuntime } from './servers.js';
import { clientPrograms, receiverPrograms, sizeMeasures } from './sizes.js';
import type { Samples } from './statistics.js';

/** The limit for a contender in a case: a multiple of another contender's cost or, without one, an absolute value. */
export type Limit = readonly [name: string, row: string, most: number, than?: string];

/** The content of one table: the cost of each contender in each case. Exceeding a limit does not fail the run. */
interface Section {
  readonly title: string;
  readonly cases: readonly string[];
  readonly contenders: readonly string[];
  readonly limits?: readonly Limit[];
  /** A factor for the usual CPU time, if a longer warm-up and measurement are needed. */
  readonly times?: number;
  /** Starts the process of a contender, to measure its CPU time per operation. */
  readonly start?: (project: string, task: Task) => Promise<Running>;
  /** Measures something else. */
  readonly measure?: (project: string, task: Task) => Promise<number>;
}

const ours = 'dixa-webhooks';
const calls = { cases: ['list', 'create'], contenders: Object.keys(clients) };
const onEach = (cases: readonly string[], most: number, than: string) =>
  cases.map((one): Limit => [one, ours, most, than]);
const sizes = {
  cases: Object.keys(sizeMeasures),
  measure: async (project: string, task: Task) => sizeMeasures[task.case]?.(project, task.contender) ?? Number.NaN,
} as const;

/** The sections, in the order of measurement and in the report. */
export const sections: Readonly<Record<string, Section>> = {
  client: {
    ...calls,
    title: 'Client: one call in memory',
    limits: onEach(calls.cases, 1.3, 'openapi-fetch'),
    start: startChild,
  },
  'client-http': {
    ...calls,
    title: 'Client: one call over HTTP',
    limits: onEach(calls.cases, 1.1, 'openapi-fetch'),
    times: 3,
    start: startClient,
  },
  receiver: {
    title: 'Receiver: one event, from bytes to handler',
    cases: ['1 kB', '10 kB', '100 kB'],
    contenders: Object.keys(receivers),
    limits: [
      ['1 kB', 'verifySignature alone', 1.35, 'createHmac alone'],
      ['100 kB', 'verifySignature alone', 1.05, 'createHmac alone'],
      ['1 kB', 'dixa-webhooks with memoryDedupe', 1.3, ours],
    ],
    start: startChild,
  },
  http: {
    title: 'Receiver: one delivery over HTTP on Node',
    cases: canServe ? ['1 kB', '10 kB'] : [],
    contenders: Object.keys(nodeListeners),
    limits: onEach(['1 kB', '10 kB'], 1.05, 'node:http by hand'),
    times: 3,
    start: startListener,
  },
  runtimes: {
    title: 'Receiver: one delivery of 1 kB over HTTP on other runtimes',
    cases: installedRuntimes,
    contenders: Object.keys(fetchContenders),
    limits: [['Bun', ours, 1.25, 'by hand'], ...onEach(['Deno', 'workerd'], 1.05, 'by hand')],
    times: 2,
    start: startOnRuntime,
  },
  'client-size': {
    ...sizes,
    title: 'Size and startup: clients',
    contenders: Object.keys(clientPrograms),
    limits: [['import, ms', ours, 9]],
  },
  'receiver-size': {
    ...sizes,
    title: 'Size and startup: receivers',
    contenders: Object.keys(receiverPrograms),
    limits: [['import, ms', 'dixa-webhooks/receiver', 10]],
  },
};

/** The results by section, case and contender. */
export type Results = Readonly<Record<string, Readonly<Record<string, Samples>>>>;

/** Measures a section, one case at a time. */
export async function measureSection(project: string, name: string, effort: Effort): Promise<Results[string]> {
  const { cases, contenders, times = 1, start, measure } = sections[name] as Section;
  const scaled = { warmUpMs: effort.warmUpMs * times, measuredMs: effort.measuredMs * times, rounds: effort.rounds };
  const results: Record<string, Samples> = {};
  for (const one of cases) {
    const tasks = contenders.map((contender): Task => ({ section: name, case: one, contender }));
    const rounds: number[][] = [];
    while (rounds.length < effort.rounds) {
      const costs = start
        ? await takeTurns(
            tasks.map((task) => start(project, task)),
            scaled,
          )
        : [];
      if (measure) for (const task of tasks) costs.push(await measure(project, task));
      rounds.push(costs);
    }
    results[one] = Object.fromEntries(
      contenders.map((row, index) => [row, rounds.map((costs) => costs[index] ?? Number.NaN)]),
    );
  }
  return results;
}
