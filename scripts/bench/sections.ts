import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledSize, sizeLimits } from '../check/sizes.js';
import { clients, replyTo } from './clients.js';
import { type Effort, interleave, type Running, type Samples, startChild, type Task, takeTurns } from './harness.js';
import { fetchContenders, runtimeNames, startListener, startOnRuntime } from './http.js';
import { nodeListeners } from './node-listeners.js';
import { receivers } from './receivers.js';
import { clientPrograms, receiverPrograms, sizeMeasures } from './sizes.js';

/** What is shown in one table: what each contender costs in each case. */
interface Section {
  readonly title: string;
  readonly cases: readonly string[];
  readonly contenders: readonly string[];
  /** How many times the usual warm-up it takes until all is compiled, and the usual time until figures are exact. */
  readonly times?: readonly [warmUp: number, measured: number];
  /** What cannot be measured here, and why. */
  readonly skipped?: readonly string[];
  /** Starts the process of a contender, to measure CPU per operation. */
  readonly start?: (project: string, task: Task) => Promise<Running>;
  /** Measures something else. */
  readonly measure?: (project: string, task: Task) => Promise<number>;
}

const calls = { start: startChild, cases: ['list', 'create'], contenders: Object.keys(clients) };
const isLinux = process.platform === 'linux';
const notLinux = isLinux ? [] : ['Not measured: only Linux tells the CPU of another process.'];
const sizes = {
  cases: Object.keys(sizeMeasures),
  measure: async (project: string, { case: name, contender }: Task) =>
    sizeMeasures[name]?.(project, contender) ?? Number.NaN,
} as const;

/** In the order in which they are measured and shown. */
export const sections: Readonly<Record<string, Section>> = {
  client: { ...calls, title: 'Client: a call in memory' },
  'client-http': {
    ...calls,
    title: 'Client: a call over HTTP',
    times: [4, 2],
    start: async (project, task) => startChild(project, { ...task, baseUrl: await apiUrl() }),
  },
  receiver: {
    start: startChild,
    title: 'Receiver: an event, from bytes to handler',
    cases: ['1 kB', '10 kB', '100 kB'],
    contenders: Object.keys(receivers),
  },
  http: {
    title: 'Receiver: a delivery over HTTP, on Node',
    cases: isLinux ? ['1 kB', '10 kB'] : [],
    contenders: Object.keys(nodeListeners),
    times: [2, 2],
    skipped: notLinux,
    start: startListener,
  },
  runtimes: {
    title: 'Receiver: a delivery of 1 kB over HTTP, on other runtimes',
    cases: isLinux ? runtimeNames(true) : [],
    contenders: Object.keys(fetchContenders),
    times: [2, 2],
    skipped: [...notLinux, ...runtimeNames(false).map((name) => `${name} is not installed in test/runtimes.`)],
    start: startOnRuntime,
  },
  growth: {
    title: 'Growth: one key or call, as the number of them grows',
    cases: ['memoryDedupe, 1,000 keys and more', 'rate limiter, 100 calls waiting and more'],
    contenders: ['1 ×', '10 ×', '100 ×'],
    start: startChild,
  },
  exports: {
    title: 'Size: what this package exports',
    cases: ['bundle, B'],
    contenders: Object.keys(sizeLimits),
    measure: (_, { contender }) => bundledSize(sizeLimits[contender as keyof typeof sizeLimits].program),
  },
  'client-size': { ...sizes, title: 'Size and start: clients', contenders: Object.keys(clientPrograms) },
  'receiver-size': { ...sizes, title: 'Size and start: receivers', contenders: Object.keys(receiverPrograms) },
};

/** What was measured: by section, by case, by contender. */
export type Results = Readonly<Record<string, Readonly<Record<string, Samples>>>>;

/** Measures a section, each case by itself. */
export async function measureSection(project: string, name: string, effort: Effort): Promise<Results[string]> {
  const { cases, contenders, times: [warmUp, measured] = [1, 1], start, measure } = sections[name] as Section;
  const { rounds, warmUpMs, measuredMs } = effort;
  const results: Record<string, Samples> = {};
  for (const one of cases) {
    const taskOf = (contender: string): Task => ({ section: name, case: one, contender });
    results[one] = start
      ? await takeTurns(
          contenders,
          { rounds, warmUpMs: warmUpMs * warmUp, measuredMs: measuredMs * measured },
          (contender) => start(project, taskOf(contender)),
        )
      : await interleave(contenders, rounds, async (contender) => measure?.(project, taskOf(contender)) ?? Number.NaN);
  }
  return results;
}

let api: Promise<string> | undefined;

/** Serves the API on loopback, from this process: only the CPU of the clients' processes counts. */
function apiUrl(): Promise<string> {
  api ??= new Promise((resolve) => {
    const server = createServer((request, response) => {
      const { status, text } = replyTo(request.method);
      request.resume().once('end', () => {
        response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      });
    });
    server.keepAliveTimeout = 0;
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    server.unref();
  });
  return api;
}
