import { apiKey, callHeader, type Passage, passageOf, subscription } from './api.js';
import type { BuiltClient, BuiltFiles } from './built.js';

/** What this program is told in its only argument. It sends the passages of its calls, in the order in which they left. */
export interface LimitTask {
  readonly files: BuiltFiles;
  readonly apiPort: number;
  readonly calls: number;
}

const { files, apiPort, calls }: LimitTask = JSON.parse(process.argv[2] ?? '');
const { createDixaWebhooks }: BuiltClient = await import(files.client);
const departures: Passage[] = [];
const fetch = (url: string, init: RequestInit) => {
  const call = new Headers(init.headers).get(callHeader);
  if (call) departures.push(passageOf(call));
  return globalThis.fetch(url, init);
};
const options = { apiKey, baseUrl: `http://127.0.0.1:${apiPort}`, fetch };

// Code is compiled and connections are open before the first that counts.
const unlimited = createDixaWebhooks({ ...options, rateLimit: false });
for (let turn = 0; turn < 50; turn += 1) {
  await Promise.all(Array.from({ length: 4 }, () => unlimited.get(subscription.id)));
}

const dixa = createDixaWebhooks(options);
await Promise.all(
  Array.from({ length: calls }, (_, call) => dixa.get(subscription.id, { headers: { [callHeader]: String(call) } })),
);
process.send?.(departures);
process.disconnect?.();
