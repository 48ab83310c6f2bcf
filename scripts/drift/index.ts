import { createContext, runInContext } from 'node:vm';
import { command, UsageError } from '../lib/command.js';
import { projectRoot } from '../lib/package.js';
import { UnreadableError } from './document.js';
import { plain } from './findings.js';
import { loadUpstream, publishedAt } from './load.js';
import { formats, hasDrift, makeReport, readOurs } from './report.js';

const usage = `Usage: npm run drift [-- --upstream <file|folder|address>] [--format ${Object.keys(formats).join('|')}] [--root <folder>]
  --upstream  Dixa's whole OpenAPI document, JSON or YAML; of a folder, the newest that is named like dixa-api-beta.2026-06.yaml
              (default: ${publishedAt})
  --format    what to print (default: text; markdown is meant for the body of an issue)
Exits with 0 if openapi/curation.yaml explains every difference, 1 if there is drift, 2 if something could not be read.`;

/** For the response of a server, and for reading the document: Dixa's takes less than two seconds. */
const timeoutMs = 20_000;

const options = { upstream: { type: 'string' }, format: { type: 'string' }, root: { type: 'string' } } as const;

export const main = command(usage, options, async ({ upstream = publishedAt, format = 'text', root: asked }) => {
  const print = new Map(Object.entries(formats)).get(format);
  if (!print) throw new UsageError(`There is no format called ${format}.`);
  const root = projectRoot(asked);
  try {
    const ours = readOurs(root);
    const loaded = await loadUpstream(upstream, timeoutMs);
    const report = withTimeLimit(timeoutMs, loaded.source, () => makeReport(ours, loaded));
    console.log(print(report));
    return hasDrift(report) ? 1 : 0;
  } catch (error) {
    console.error(reasonOf(error as Error));
    return 2;
  }
});

function reasonOf(error: Error): string {
  if (error instanceof UnreadableError) return `${linesOf(error.message)}\nNothing was compared.`;
  return `${linesOf(String(error.stack))}\nNothing was compared: a document holds what OpenAPI does not allow there, or refers to itself without end; or drift is at fault.`;
}

const linesOf = (text: string) => text.split('\n').map(plain).join('\n');

/** Gives up synchronous work after a time: a document can be made so that a parser takes hours over a few megabytes. */
export function withTimeLimit<T>(limitMs: number, source: string, work: () => T): T {
  try {
    return runInContext('work()', createContext({ work }), { timeout: limitMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new UnreadableError(
      `${source} took longer than ${limitMs / 1000} s to read. Look whether it is Dixa's document at all.`,
    );
  }
}
