import type { ChildProcess } from 'node:child_process';
import type { LoadResult, LoadTask } from '../bench/http-load.js';
import type { ServerReady, ServerTask, ServerUsage } from '../bench/http-server.js';
import { listeners } from '../bench/listeners.js';
import type { Scheme } from '../bench/schemes.js';
import { ask, messageOf, type Programs, stop } from './bench-programs.js';
import { mediansOf, type OnCase, type Rounds, rowOf, type Sample, sections } from './bench-result.js';
import { samplesByTurns } from './rounds.js';

const CONNECTIONS = 16;

/**
 * V8 lets its space for young objects grow while a server lives, and how far that is moves the cost of a request. So each
 * begins with what one ends with that has served for long.
 */
const SERVED_FOR_LONG = ['--min-semi-space-size=16'];

/** Rounds of receivers, and how many processes of each are measured so. */
export interface HttpRounds extends Rounds {
  readonly processes: number;
}

/** A receiver that runs, and how it wants its deliveries signed. */
interface Server {
  readonly name: string;
  readonly scheme: Scheme;
  readonly port: number;
  readonly process: ChildProcess;
}

/**
 * Measures receivers behind node:http, each in processes of its own, by one load generator in another. What V8 makes of the
 * same code differs from process to process by more than this receiver and one by hand do: so a sample is the median of a
 * process, and chance is seen between processes. Each case has new ones: after small bodies, glibc gives the kernel back
 * what larger ones need, and takes it again at each request.
 */
export async function measureHttp(programs: Programs, rounds: HttpRounds, onCase: OnCase): Promise<void> {
  for (const body of ['1 kB', '10 kB'] as const) {
    const generator = programs.start('http-load');
    const samples = new Map<string, Sample[]>(listeners.map(({ name }) => [name, []]));
    for (let begun = 0; begun < rounds.processes; begun += 1) {
      const results = await measureProcesses(programs, generator, body, rounds, begun);
      for (const [name, list] of Object.entries(results)) samples.get(name)?.push(mediansOf(list));
    }
    await stop(generator);
    const rows = [...samples].map(([name, list]) => rowOf(name, sections.http.columns, list));
    onCase({ section: 'http', name: body, rows });
  }
}

/** Measures one process of each receiver, when so many were measured before. */
async function measureProcesses(
  programs: Programs,
  generator: ChildProcess,
  body: LoadTask['body'],
  { count, ms, warmUpMs }: Rounds,
  before: number,
): Promise<Record<string, Sample[]>> {
  const servers = await Promise.all(
    listeners.map(async ({ name, scheme }): Promise<Server> => {
      const task: ServerTask = { listener: name, files: programs.files };
      const process = programs.start('http-server', task, SERVED_FOR_LONG);
      const { port } = await messageOf<ServerReady>(process);
      return { name, scheme, port, process };
    }),
  );

  const load = async ({ name, scheme, port, process }: Server, forMs: number, proves = false) => {
    const start = await ask<ServerUsage>(process, 'usage');
    const task: LoadTask = { port, scheme, body, connections: CONNECTIONS, ms: forMs, proves };
    const result = await ask<LoadResult>(generator, task);
    if ('problem' in result) throw new Error(`${name}: ${result.problem}`);
    const { requests, rate, p99 } = result;
    const end = await ask<ServerUsage>(process, 'usage');
    return { rate, p99, cpu: (end.cpu - start.cpu) / requests } satisfies Sample;
  };

  for (const server of servers) await load(server, warmUpMs, true);
  const candidates = Object.fromEntries(servers.map((server) => [server.name, () => load(server, ms)]));
  const samples = await samplesByTurns(candidates, count, before * count);
  await Promise.all(servers.map(({ process }) => stop(process)));
  return samples;
}
