import type { Passage } from './api.js';
import type { LimitTask } from './limit.js';
import { ask, type Programs } from './programs.js';
import { rateOf } from './rate.js';
import { type OnCase, rowOf, sections } from './result.js';

/** What Dixa allows a token (documented), and the client's default. */
const allowed = { requestsPerSecond: 10, burst: 4 };

/** Measures how the client keeps to its limit: many calls at once, judged by when the server saw them. */
export async function measureLimit(programs: Programs, calls: number, onCase: OnCase): Promise<void> {
  await programs.withApi(async (api) => {
    const task: LimitTask = { files: programs.files, apiPort: api.port, calls };
    const departures = await programs.result<Passage[]>('limit', task);
    const rate = rateOf(departures, await ask<Passage[]>(api.process, 'arrivals'), allowed);
    const row = rowOf('dixa-webhooks', sections.limit.columns, [{ ...rate }]);
    onCase({ section: 'limit', name: 'all calls asked for at once', rows: [row] });
  });
}
