import { parseArgs } from 'node:util';
import { projectRoot } from '../lib/project-root.js';
import { UnreadableError } from './document.js';
import { formatJson } from './format-json.js';
import { formatMarkdown } from './format-markdown.js';
import { formatText } from './format-text.js';
import { LedgerError } from './ledger.js';
import { loadUpstream, publishedAt, storeTheNewest } from './load.js';
import { plain } from './plain-text.js';
import { type DriftReport, hasDrift, makeReport, readOurs } from './report.js';
import { withTimeLimit } from './time-limit.js';

const formats: Readonly<Record<string, (report: DriftReport) => string>> = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
};

const usage = `Usage: npm run drift [-- --upstream <file|folder|address>] [--format ${Object.keys(formats).join('|')}] [--root <folder>]
  --upstream  Dixa's whole OpenAPI document, JSON or YAML; of a folder, the newest that is named like dixa-api-beta.2026-06.yaml
              (default: ${publishedAt})
  --format    what to print (default: text; markdown is meant for the body of an issue)
  --root      the project to work in (default: this one)
Ends with 0 if every difference is explained by openapi/curation.yaml, 1 if there is drift, 2 if something could not be read.`;

/** For the answer of a server, and for reading the document: Dixa's takes less than a second. */
const timeoutMs = 20_000;

export async function main(args: string[]): Promise<number> {
  let options: ReturnType<typeof parseOptions>;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  try {
    const ours = readOurs(options.root);
    const loaded = await loadUpstream(options.upstream, timeoutMs);
    const { report, text } = withTimeLimit(timeoutMs, loaded.source, () => {
      const report = makeReport(ours, loaded);
      return { report, text: options.format(report) };
    });
    console.log(text);
    if (!hasDrift(report)) return 0;
    if (loaded.folder !== undefined) console.error(storeTheNewest(loaded.folder));
    return 1;
  } catch (error) {
    if (error instanceof UnreadableError) console.error(`${plain(error.message)}\nNothing was compared.`);
    else if (error instanceof LedgerError)
      console.error(`${error.message}\nNothing was compared. Mend the ledger first.`);
    else
      console.error(
        `${String((error as Error).stack)
          .split('\n')
          .map(plain)
          .join('\n')}\nNothing was compared: that is a fault of drift itself.`,
      );
    return 2;
  }
}

function parseOptions(args: string[]) {
  const options = { upstream: { type: 'string' }, format: { type: 'string' }, root: { type: 'string' } } as const;
  const { upstream = publishedAt, format = 'text', root } = parseArgs({ args, options }).values;
  if (!Object.hasOwn(formats, format)) throw new Error(`There is no format called ${format}.`);
  return { upstream, format: formats[format] as (report: DriftReport) => string, root: projectRoot(root) };
}
