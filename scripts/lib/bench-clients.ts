import type { ClientResult, ClientTask } from '../bench/client.js';
import { type Calls, clientsApart, clientsTogether } from '../bench/clients.js';
import type { Programs } from './bench-programs.js';
import { type OnCase, type Rounds, rowOf, sectionOf } from './bench-result.js';

const cases = { 'get (GET)': 'get', 'create (POST)': 'create' } as const satisfies Record<string, keyof Calls>;

/** Measures one call of each client. */
export async function measureClients(
  programs: Programs,
  section: 'client' | 'client-http',
  { count: rounds, ms: sliceMs, warmUpMs }: Rounds,
  onCase: OnCase,
  apiPort?: number,
): Promise<void> {
  const { files } = programs;
  const { columns } = sectionOf(section);
  // Over HTTP a process alone takes longer until it is compiled than all the others together are measured.
  const groups = apiPort === undefined ? [clientsTogether, clientsApart] : [clientsTogether];
  for (const [name, call] of Object.entries(cases)) {
    const samples: ClientResult = {};
    for (const clients of groups) {
      const task: ClientTask = { files, clients, call, apiPort, rounds, sliceMs, warmUpMs };
      Object.assign(samples, await programs.result<ClientResult>('client', task));
    }
    const rows = Object.entries(samples).map(([client, costs]) => rowOf(client, columns, costs));
    onCase({ section, name, rows });
  }
}
