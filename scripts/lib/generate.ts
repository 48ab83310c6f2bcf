import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError, inlineExamples } from './contract.js';
import { describeEventTypes } from './events.js';
import { compare, type Difference, type Files, write } from './generated-files.js';
import { withEvents } from './readme-events.js';
import { readmeFile } from './readme-section.js';
import { lintAndBundle } from './redocly.js';

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

async function render(root: string, signal?: AbortSignal): Promise<Files> {
  // The renderers bring the TypeScript compiler with them; it loads while redocly runs.
  const [bundled, packageJson, readme, { renderTypes }, tables, events] = await Promise.all([
    lintAndBundle(root, signal),
    readFile(join(root, 'package.json'), 'utf8'),
    readFile(join(root, readmeFile), 'utf8'),
    import('./render-types.js'),
    import('./render-tables.js'),
    import('./render-events.js'),
  ]);
  const contract = describeEventTypes(inlineExamples(bundled));
  return {
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
