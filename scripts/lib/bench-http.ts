import type { ChildProcess } from 'node:child_process';
import type { LoadResult, LoadTask } from '../bench/http-load.js';
import type { ServerReady, ServerTask, ServerUsage } from '../bench/http-server.js';
import { listeners } from '../bench/listeners.js';
import { ask, messageOf, type Programs, stop } from './bench-programs.js';
import { type OnCase, type Rounds, rowOf, type Sample, sections } from './bench-result.js';
import { samplesByTurns } from './rounds.js';

const CONNECTIONS = 16;

/** Measures receivers behind node:http, each in a process of its own, by one load generator in another. */
export async function measureHttp(programs: Programs, { count: rounds, ms }: Rounds, onCase: OnCase): Promise<void> {
  const generator = programs.start('http-load');
  const servers = new Map<string, { readonly port: number; readonly process: ChildProcess }>();
  for (const { name } of listeners) {
    const task: ServerTask = { listener: name, files: programs.files };
    const process = programs.start('http-server', task);
    servers.set(name, { process, port: (await messageOf<ServerReady>(process)).port });
  }
  for (const body of ['1 kB', '10 kB'] as const) {
    const candidates: Record<string, () => Promise<Sample>> = {};
    for (const { name, scheme } of listeners) {
      const server = servers.get(name);
      if (!server) throw new Error(`${name} was not started.`);
      candidates[name] = async () => {
        const before = await cpuOf(server.process);
        const task: LoadTask = { port: server.port, scheme, body, connections: CONNECTIONS, ms };
        const result = await ask<LoadResult>(generator, task);
        if ('problem' in result) throw new Error(`${name}: ${result.problem}`);
        const { requests, rate, p99 } = result;
        return { rate, p99, cpu: ((await cpuOf(server.process)) - before) / requests };
      };
    }
    await samplesByTurns(candidates, 1); // Once to warm up.
    const samples = await samplesByTurns(candidates, rounds);
    const rows = Object.entries(samples).map(([name, results]) => rowOf(name, sections.http.columns, results));
    onCase({ section: 'http', name: body, rows });
  }
  await Promise.all([generator, ...[...servers.values()].map(({ process }) => process)].map(stop));
}

async function cpuOf(server: ChildProcess): Promise<number> {
  return (await ask<ServerUsage>(server, 'usage')).cpu;
}
