import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledSize, sizeLimits } from '../check/sizes.js';
import { clients, replyTo } from './clients.js';
import { type Effort, interleave, runNode, type Samples, type Task } from './harness.js';
import { fetchContenders, measureListener, measureRuntime, runtimeNames } from './http.js';
import { nodeListeners } from './node-listeners.js';
import { receivers } from './receivers.js';
import { clientPrograms, receiverPrograms, sizeMeasures } from './sizes.js';

/** What is shown in one table: what each contender costs in each case. */
interface Section {
  readonly title: string;
  readonly cases: readonly string[];
  readonly contenders: readonly string[];
  /** Whether the others are compared with the first contender. The figures are microseconds of CPU then. */
  readonly isCompared: boolean;
  /** How many times the usual warm-up it takes until all is compiled, and the usual time until figures are exact. */
  readonly times?: readonly [warmUp: number, measured: number];
  /** What cannot be measured here, and why. */
  readonly skipped?: readonly string[];
  readonly measure: (project: string, task: Task) => Promise<number>;
}

const inChild: Section['measure'] = (project, task) => runNode(project, 'child.js', JSON.stringify(task));
const compared = { isCompared: true, measure: inChild };
const calls = { ...compared, cases: ['list', 'create'], contenders: Object.keys(clients) };
const isLinux = process.platform === 'linux';
const notLinux = isLinux ? [] : ['Not measured: only Linux tells the CPU of another process.'];
const sizes = {
  cases: Object.keys(sizeMeasures),
  isCompared: false,
  measure: async (project: string, { case: name, contender }: Task) =>
    sizeMeasures[name]?.(project, contender) ?? Number.NaN,
} as const;

/** In the order in which they are measured and shown. */
export const sections: Readonly<Record<string, Section>> = {
  client: { ...calls, title: 'Client: a call in memory' },
  'client-http': {
    ...calls,
    title: 'Client: a call over HTTP',
    times: [4, 1],
    measure: async (project, task) => inChild(project, { ...task, baseUrl: await apiUrl() }),
  },
  receiver: {
    ...compared,
    title: 'Receiver: an event, from bytes to handler',
    cases: ['1 kB', '10 kB', '100 kB'],
    contenders: Object.keys(receivers),
  },
  http: {
    title: 'Receiver: a delivery over HTTP, on Node',
    cases: isLinux ? ['1 kB', '10 kB'] : [],
    contenders: Object.keys(nodeListeners),
    isCompared: true,
    times: [2, 2],
    skipped: notLinux,
    measure: measureListener,
  },
  runtimes: {
    title: 'Receiver: a delivery of 1 kB over HTTP, on other runtimes',
    cases: isLinux ? runtimeNames(true) : [],
    contenders: Object.keys(fetchContenders),
    isCompared: true,
    times: [2, 2],
    skipped: [...notLinux, ...runtimeNames(false).map((name) => `${name} is not installed in test/runtimes.`)],
    measure: measureRuntime,
  },
  dedupe: {
    ...compared,
    title: 'Growth: memoryDedupe',
    cases: ['a new key'],
    contenders: ['1,000 keys', '10,000 keys', '100,000 keys'],
  },
  limiter: {
    ...compared,
    title: 'Growth: rate limiter',
    cases: ['a call'],
    contenders: ['100 calls waiting', '1,000 calls waiting', '10,000 calls waiting'],
  },
  exports: {
    title: 'Size: what this package exports',
    cases: ['bundle, B'],
    contenders: Object.keys(sizeLimits),
    isCompared: false,
    measure: (_, { contender }) => bundledSize(sizeLimits[contender as keyof typeof sizeLimits].program),
  },
  'client-size': { ...sizes, title: 'Size and start: clients', contenders: Object.keys(clientPrograms) },
  'receiver-size': { ...sizes, title: 'Size and start: receivers', contenders: Object.keys(receiverPrograms) },
};

/** What was measured: by section, by case, by contender. */
export type Results = Readonly<Record<string, Readonly<Record<string, Samples>>>>;

/** Measures a section, each case by itself. */
export async function measureSection(project: string, name: string, effort: Effort): Promise<Results[string]> {
  const { cases, contenders, times: [warmUp, measured] = [1, 1], measure } = sections[name] as Section;
  const results: Record<string, Samples> = {};
  for (const one of cases) {
    const { rounds, warmUpMs, measuredMs } = effort;
    const task = { section: name, case: one, rounds, warmUpMs: warmUpMs * warmUp, measuredMs: measuredMs * measured };
    results[one] = await interleave(contenders, rounds, (contender) => measure(project, { ...task, contender }));
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
