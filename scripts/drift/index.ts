import { command } from '../lib/command.js';
import { UnreadableError } from './document.js';
import { plain } from './findings.js';
import { loadUpstream, publishedAt } from './load.js';
import { hasDrift, makeReport, markdownOf, readOurs } from './report.js';

const usage = `Usage: npm run drift [-- --upstream <file|folder>]
  --upstream  Dixa's complete OpenAPI document (JSON or YAML), or a folder, of which the newest file named like
              dixa-api-beta.2026-06.yaml is used (default: downloads ${publishedAt})
Exit codes: 0 openapi/curation.yaml explains every difference; 1 there is drift; 2 a document could not be read`;

export const main = command(usage, { upstream: { type: 'string' } }, async ({ upstream }, root) => {
  try {
    const report = makeReport(readOurs(root), await loadUpstream(upstream));
    console.log(markdownOf(report));
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
