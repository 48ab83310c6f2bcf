import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError, inlineExamples } from '../lib/contract.js';
import { describeEventTypes } from '../lib/events.js';
import { readmeFile } from '../lib/package.js';
import { LintError, lintAndBundle } from '../lib/redocly.js';
import { compare, type Difference, type Files, write } from './generated-files.js';
import { withEvents } from './readme-events.js';
import { renderJsr } from './render-jsr.js';

/** The package for JSR. */
const jsrFile = 'jsr.json';

/** What it takes to use the package, for programs that read. */
const llmsFile = 'llms.txt';

/**
 * Lints the contract in `root` and writes what is made from it. All of it is rendered before the first file is touched: a contract that
 * does not pass changes nothing.
 *
 * @returns what had to be changed
 */
export async function generate(root: string, signal?: AbortSignal): Promise<Difference[]> {
  return write(root, await render(root, signal));
}

/** As {@link generate}, but only says what would have to be changed. */
export async function check(root: string): Promise<Difference[]> {
  return compare(root, await render(root));
}

/** Whether it is the sources that {@link generate} failed at. The message then says where, and what is wrong. */
export function isOfSources(error: unknown): error is Error {
  return error instanceof LintError || error instanceof ContractError;
}

/** All that the contract and the sources make, without writing it. */
export async function render(root: string, signal?: AbortSignal): Promise<Files> {
  // The renderers bring the TypeScript compiler with them; it loads while redocly runs.
  const [bundled, packageJson, readme, { renderTypes }, tables, events, api, llms] = await Promise.all([
    lintAndBundle(root, signal),
    readFile(join(root, 'package.json'), 'utf8'),
    readFile(join(root, readmeFile), 'utf8'),
    import('./render-types.js'),
    import('./render-tables.js'),
    import('./render-events.js'),
    import('./api/sources.js'),
    import('./render-llms.js'),
  ]);
  const contract = describeEventTypes(inlineExamples(bundled));
  const files = {
    [readmeFile]: withEvents(readme, contract),
    'generated/event-details.ts': events.renderEventDetails(contract),
    'generated/event-types.ts': events.renderEventTypes(contract),
    'generated/events.ts': events.renderEvents(contract),
    'generated/openapi.json': `${JSON.stringify(contract, null, 2)}\n`,
    'generated/openapi.ts': await renderTypes(contract),
    'generated/operations.ts': tables.renderOperations(contract),
    'generated/server.ts': tables.renderServer(contract),
    'generated/version.ts': tables.renderVersion(versionIn(packageJson)),
  };
  const sources = api.readSources(root, packageJson, files);
  return {
    ...files,
    [jsrFile]: renderJsr(packageJson, sources.entryFiles),
    [llmsFile]: llms.renderLlms(files[readmeFile] ?? readme, contract, sources),
  };
}

function versionIn(packageJson: string): string {
  try {
    return (JSON.parse(packageJson) as { version: string }).version;
  } catch (error) {
    throw new ContractError(
      `package.json, which the version is taken from, does not parse: ${(error as Error).message}`,
    );
  }
}
