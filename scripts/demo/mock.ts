import { relative } from 'node:path';
import { type OperationId, operations, statuses } from '../../generated/operations.js';
import type { WebhookSubscription } from '../../src/index.js';
import { root } from '../lib/package.js';
import { startPrism } from '../lib/prism.js';
import { table } from '../lib/table.js';
import { importBuilt } from './built.js';
import { type Step, steps } from './steps.js';
import { plain } from './text.js';

/** One request that the client made, as it was seen on the wire. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What Prism found wrong with the request or with its own reply. */
  readonly violations: string | null;
}

/** Shows the built client at work against a server that plays the contract. Gives the number of surprises. */
export async function runOffline(document: string, print: (line: string) => void): Promise<number> {
  const built = await importBuilt();
  const server = await startPrism(document);
  try {
    print(
      `A mock server plays ${relative(root, document)} at ${server.url}: each reply is an example of the contract.\n`,
    );
    const exchanges: Exchange[] = [];
    const dixa = built.createDixaWebhooks({
      apiKey: 'the-demo-needs-no-real-key',
      baseUrl: server.url,
      // The mock server has no limit, and with the client's own the times would be those of waiting.
      rateLimit: false,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        exchanges.push(exchangeOf(url, init, response));
        return response;
      },
    });

    const rows: string[][] = [];
    const surprises: string[] = [];
    let created: WebhookSubscription | undefined;
    for (const step of steps) {
      const from = exchanges.length;
      const start = performance.now();
      const result = await step.run({ built, dixa, created }).catch((error: Error) => error);
      const time = `${Math.round(performance.now() - start)} ms`;
      if ('created' in Object(result)) created = (result as { created: WebhookSubscription }).created;
      const seen = exchanges.slice(from);
      surprises.push(...surprisesOf(step, result, seen).map((surprise) => `${step.operationId}: ${surprise}`));
      const { method = '', path = '', status = '' } = seen.at(-1) ?? {};
      rows.push([step.operationId, String(status), time, method, path, lineOf(result)]);
    }
    surprises.push(...missing().map((id) => `${id}: the demo does not show it; add it to demo-steps.ts`));

    print(transcript(rows));
    for (const surprise of surprises) print(`\nUnexpected: ${surprise}`);
    const shown = new Set(steps.map(({ operationId }) => operationId)).size;
    print(
      `\n${shown} operations in ${steps.length} calls: ` +
        (surprises.length === 0 ? 'all as the contract says.' : `${surprises.length} unexpected.`),
    );
    return surprises.length;
  } finally {
    await server.close();
  }
}

function exchangeOf(url: string, init: RequestInit, { status, headers }: Response): Exchange {
  return { method: init.method ?? '', path: new URL(url).pathname, status, violations: headers.get('sl-violations') };
}

function surprisesOf(step: Step, result: unknown, seen: readonly Exchange[]): string[] {
  const surprises: string[] = [];
  const expected = step.status ?? statuses[step.operationId][0];
  if (result instanceof Error) surprises.push(plain(result.message, 300));
  if (seen.length !== 1) surprises.push(`${seen.length} requests instead of one`);
  for (const { status, violations } of seen) {
    if (status !== expected) surprises.push(`status ${status} instead of ${expected}`);
    if (violations) surprises.push(`the contract was broken: ${violations}`);
  }
  return surprises;
}

function missing(): OperationId[] {
  const shown = new Set(steps.map(({ operationId }) => operationId));
  return (Object.keys(operations) as OperationId[]).filter((id) => !shown.has(id));
}

function lineOf(result: unknown): string {
  if (result instanceof Error) return 'unexpected, see below';
  return typeof result === 'string' ? result : (result as { line: string }).line;
}

/** The transcript: what was called in one line, what came of it in the next. */
function transcript(rows: readonly string[][]): string {
  const calls = table(
    rows.map((row) => row.slice(0, 5)),
    [2],
  ).split('\n');
  return calls.map((call, index) => `${call}\n    → ${rows[index]?.[5]}`).join('\n');
}
