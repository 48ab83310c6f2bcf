import type { LoadResult, LoadTask } from '../bench/http-load.js';
import type { ServerReady, ServerTask } from '../bench/http-server.js';
import { listeners } from '../bench/listeners.js';
import { messageOf, type Programs, stop } from './bench-programs.js';
import { type BenchCase, type Rounds, rowOf } from './bench-result.js';
import { median, samplesByTurns } from './rounds.js';

const CONNECTIONS = 16;

/** Measures receivers behind node:http, each in a process of its own, by one load generator in another. */
export async function measureHttp(
  programs: Programs,
  { count: rounds, ms }: Rounds,
  onCase: (result: BenchCase) => void,
): Promise<void> {
  const generator = programs.start('http-load', undefined);
  const ports = new Map<string, number>();
  for (const { name } of listeners) {
    const task: ServerTask = { listener: name, files: programs.files };
    const { port } = await messageOf<ServerReady>(programs.start('http-server', task));
    ports.set(name, port);
  }
  for (const body of ['1 kB', '10 kB'] as const) {
    const candidates: Record<string, () => Promise<{ perSecond: number; p99: number }>> = {};
    for (const { name, scheme } of listeners) {
      candidates[name] = async () => {
        const task: LoadTask = { port: ports.get(name) ?? 0, scheme, body, connections: CONNECTIONS, ms };
        generator.send(task);
        const result = await messageOf<LoadResult>(generator);
        if ('problem' in result) throw new Error(`${name}: ${result.problem}`);
        return result;
      };
    }
    await samplesByTurns(candidates, 1); // Once to warm up.
    const samples = await samplesByTurns(candidates, rounds);
    const rows = Object.entries(samples).map(([name, results]) => ({
      ...rowOf(
        name,
        results.map(({ perSecond }) => perSecond),
      ),
      p99: median(results.map(({ p99 }) => p99)),
    }));
    onCase({ section: 'http', name: body, rows });
  }
  await stop(generator);
}
