import type { ClientResult, ClientTask } from './client.js';
import { type Calls, clientsApart, clientsTogether } from './clients.js';
import type { Programs } from './programs.js';
import { type OnCase, type Rounds, rowOf, sectionOf, sections } from './result.js';
import type { Cost } from './timed.js';

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
  const { base } = sections[section];
  for (const [name, call] of Object.entries(cases)) {
    const measure = (clients: readonly string[]) => {
      const task: ClientTask = { files, clients, call, apiPort, rounds, sliceMs, warmUpMs };
      return programs.result<ClientResult>('client', task);
    };
    const together = await measure(clientsTogether);
    // Over HTTP a process alone takes longer until it is compiled than all the others together are measured.
    const apart = apiPort === undefined ? asIfTogether(await measure([base, ...clientsApart]), together, base) : {};
    const rows = Object.entries({ ...together, ...apart }).map(([client, costs]) => rowOf(client, columns, costs));
    onCase({ section, name, rows });
  }
}

/**
 * What clients cost in a process of their own, in the time of another: a client that is in both tells how fast the machine
 * was for each, round by round.
 */
export function asIfTogether(apart: ClientResult, together: ClientResult, inBoth: string): ClientResult {
  const timeOf = (result: ClientResult, round: number) => result[inBoth]?.[round]?.time ?? Number.NaN;
  const scaled = Object.entries(apart).map(([client, costs]): [string, Cost[]] => [
    client,
    costs.map(({ time, cpu }, round) => {
      const slower = timeOf(together, round) / timeOf(apart, round);
      return { time: time * slower, cpu: cpu * slower };
    }),
  ]);
  return Object.fromEntries(scaled.filter(([client]) => client !== inBoth));
}
