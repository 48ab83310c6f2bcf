import type { ClientOrder, ClientTask } from '../bench/client.js';
import { type Calls, clientGroups } from '../bench/clients.js';
import type { Cost } from '../bench/timed.js';
import { ask, messageOf, type Programs, stop } from './bench-programs.js';
import { type OnCase, type Rounds, rowOf, sectionOf } from './bench-result.js';
import { samplesByTurns } from './rounds.js';

const cases = { 'get (GET)': 'get', 'create (POST)': 'create' } as const satisfies Record<string, keyof Calls>;

/** Measures one call of each client. */
export async function measureClients(
  programs: Programs,
  section: 'client' | 'client-http',
  { count, ms: sliceMs, warmUpMs }: Rounds,
  onCase: OnCase,
  apiPort?: number,
): Promise<void> {
  const { files } = programs;
  const processes = clientGroups.map((clients) => {
    const task: ClientTask = { files, clients, apiPort, sliceMs, warmUpMs };
    return { clients, process: programs.start('client', task) };
  });
  await Promise.all(processes.map(({ process }) => messageOf<'ready'>(process)));

  for (const [name, call] of Object.entries(cases)) {
    const candidates: Record<string, () => Promise<Cost>> = {};
    for (const { clients, process } of processes) {
      await ask<'warm'>(process, { warmUp: call } satisfies ClientOrder);
      for (const client of clients) {
        candidates[client] = () => ask<Cost>(process, { measure: client } satisfies ClientOrder);
      }
    }
    const samples = await samplesByTurns(candidates, count);
    const rows = Object.entries(samples).map(([client, costs]) => rowOf(client, sectionOf(section).columns, costs));
    onCase({ section, name, rows });
  }
  await Promise.all(processes.map(({ process }) => stop(process)));
}
