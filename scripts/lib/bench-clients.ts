import type { ChildProcess } from 'node:child_process';
import type { ClientTask } from '../bench/client.js';
import { type Calls, clientNames } from '../bench/clients.js';
import type { Cost } from '../bench/timed.js';
import { ask, messageOf, type Programs, stop } from './bench-programs.js';
import { type OnCase, type Rounds, rowOf, sectionOf } from './bench-result.js';
import { samplesByTurns } from './rounds.js';

const cases = { 'get (GET)': 'get', 'create (POST)': 'create' } as const satisfies Record<string, keyof Calls>;

/**
 * Measures one call of each client, each in a process of its own, as in an application: in a common one, what V8 knows of
 * fetch and its objects is blurred by what the others do with them.
 */
export async function measureClients(
  programs: Programs,
  section: 'client' | 'client-http',
  { count, ms: sliceMs, warmUpMs }: Rounds,
  onCase: OnCase,
  apiPort?: number,
): Promise<void> {
  const { files } = programs;
  const processes = new Map<string, ChildProcess>();
  for (const client of clientNames) {
    const task: ClientTask = { files, client, apiPort, sliceMs, warmUpMs };
    const process = programs.start('client', task);
    await messageOf<'ready'>(process);
    processes.set(client, process);
  }
  for (const [name, call] of Object.entries(cases)) {
    const measures = [...processes].map(([client, process]) => [client, () => ask<Cost>(process, call)] as const);
    const candidates = Object.fromEntries(measures);
    const samples = await samplesByTurns(candidates, count);
    const rows = Object.entries(samples).map(([client, costs]) => rowOf(client, sectionOf(section).columns, costs));
    onCase({ section, name, rows });
  }
  await Promise.all([...processes.values()].map(stop));
}
