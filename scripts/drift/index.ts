import { createContext, runInContext } from 'node:vm';
import { command, UsageError } from '../lib/command.js';
import { projectRoot } from '../lib/package.js';
import { UnreadableError } from './document.js';
import { plain } from './findings.js';
import { loadUpstream, publishedAt } from './load.js';
import { formats, hasDrift, makeReport, readOurs } from './report.js';

const usage = `Usage: npm run drift [-- --upstream <file|folder|address>] [--format ${Object.keys(formats).join('|')}] [--root <folder>]
  --upstream  Dixa's complete OpenAPI document (JSON or YAML), or a folder, of which the newest file named like
              dixa-api-beta.2026-06.yaml is used (default: ${publishedAt})
  --format    output format (default: text; use markdown for the body of an issue)
Exit codes: 0 openapi/curation.yaml explains every difference; 1 there is drift; 2 a document could not be read`;

/** The limit for the download, and for reading the document. Dixa's takes less than two seconds. */
const timeoutMs = 20_000;

const options = { upstream: { type: 'string' }, format: { type: 'string' }, root: { type: 'string' } } as const;

export const main = command(usage, options, async ({ upstream = publishedAt, format = 'text', root: asked }) => {
  const print = new Map(Object.entries(formats)).get(format);
  if (!print) throw new UsageError(`Unknown format: ${format}.`);
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
  return `${linesOf(String(error.stack))}\nNothing was compared: a document is not valid OpenAPI, or contains an endless reference, or drift has a bug.`;
}

const linesOf = (text: string) => text.split('\n').map(plain).join('\n');

/** Stops synchronous work after a time limit: a crafted document of a few megabytes can keep a parser busy for hours. */
export function withTimeLimit<T>(limitMs: number, source: string, work: () => T): T {
  try {
    return runInContext('work()', createContext({ work }), { timeout: limitMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new UnreadableError(
      `${source} took longer than ${limitMs / 1000} s to read. Check that it is Dixa's document.`,
    );
  }
}
