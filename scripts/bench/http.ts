import type { ChildProcess } from 'node:child_process';
import type { LoadResult, LoadTask } from './http-load.js';
import type { ServerReady, ServerTask, ServerUsage } from './http-server.js';
import { listeners } from './listeners.js';
import { ask, messageOf, type Programs, stop } from './programs.js';
import { type OnCase, type ProcessRounds, type Rounds, rowsOf, type Sample, sections } from './result.js';
import { quantile, samplesByTurns } from './rounds.js';
import type { Scheme } from './schemes.js';

const CONNECTIONS = 16;

/**
 * V8 lets its space for young objects grow while a server lives, and how far that is moves the cost of a request. So each
 * begins with what one ends with that has served for long.
 */
const SERVED_FOR_LONG = ['--min-semi-space-size=16'];

/** A receiver that runs, and how it wants its deliveries signed. */
interface Server {
  readonly name: string;
  readonly scheme: Scheme;
  readonly port: number;
  readonly process: ChildProcess;
}

/**
 * Measures receivers behind node:http, each in processes of its own, by one load generator in another. Each case has new
 * ones: after small bodies, glibc gives the kernel back what larger ones need, and takes it again at each request.
 */
export async function measureHttp(programs: Programs, rounds: ProcessRounds, onCase: OnCase): Promise<void> {
  for (const body of ['1 kB', '10 kB'] as const) {
    const generator = programs.start('http-load');
    const results: Record<string, Sample[]>[] = [];
    while (results.length < rounds.processes) {
      results.push(await measureProcesses(programs, generator, body, rounds));
    }
    await stop(generator);
    onCase({ section: 'http', name: body, rows: rowsOf(sections.http.columns, results) });
  }
}

/** Measures one process of each receiver. */
async function measureProcesses(
  programs: Programs,
  generator: ChildProcess,
  body: LoadTask['body'],
  { count, ms, warmUpMs }: Rounds,
): Promise<Record<string, Sample[]>> {
  const servers = await Promise.all(
    listeners.map(async ({ name, scheme }): Promise<Server> => {
      const task: ServerTask = { listener: name, files: programs.files };
      const process = programs.start('http-server', task, SERVED_FOR_LONG);
      const { port } = await messageOf<ServerReady>(process);
      return { name, scheme, port, process };
    }),
  );

  const load = async ({ name, scheme, port }: Server, forMs: number, proves = false) => {
    const task: LoadTask = { port, scheme, body, connections: CONNECTIONS, ms: forMs, proves };
    const result = await ask<LoadResult>(generator, task);
    if ('problem' in result) throw new Error(`${name}: ${result.problem}`);
    return result;
  };
  const measure = async (server: Server) => {
    // What others had in the processor's caches before is not its cost.
    await load(server, ms / 4);
    const start = await ask<ServerUsage>(server.process, 'usage');
    const { rate, times } = await load(server, ms);
    const end = await ask<ServerUsage>(server.process, 'usage');
    return { rate, times, cpu: (end.cpu - start.cpu) / times.length };
  };

  for (const server of servers) await load(server, warmUpMs, true);
  const candidates = Object.fromEntries(servers.map((server) => [server.name, () => measure(server)]));
  const rounds = Object.entries(await samplesByTurns(candidates, count));
  await Promise.all(servers.map(({ process }) => stop(process)));
  const samples = rounds.map(([name, list]): [string, Sample[]] => {
    // Of all requests: those of one round are too few to have a hundredth.
    const p99 = quantile(
      list.flatMap(({ times }) => times),
      0.99,
    );
    return [name, list.map(({ rate, cpu }) => ({ rate, cpu, p99 }))];
  });
  return Object.fromEntries(samples);
}
