import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContractError } from '../lib/contract.js';
import { readmeFile, referenceFile } from '../lib/package.js';
import { compare, type Difference, type Files, write } from './generated-files.js';
import { readContract } from './read-contract.js';
import { withCommands } from './render-commands.js';
import { renderEventDetails, renderEvents, renderEventTypes, withEvents } from './render-events.js';
import { llmsFile, programs, renderLlms } from './render-llms.js';
import { renderRequestBodies } from './render-requests.js';
import { renderSamples } from './render-samples.js';
import { type Manifest, renderOperations, renderServer, renderVersion } from './render-tables.js';
import { renderTypes } from './render-types.js';
import { renderValidators, renderValidatorTypes } from './render-validators.js';

/**
 * Lints the contract in `root` and writes all generated files. Everything is rendered before the first file is written, so an invalid
 * contract changes nothing.
 *
 * @returns the files that changed
 */
export async function generate(root: string): Promise<Difference[]> {
  return write(root, await render(root));
}

/** Like {@link generate}, but writes nothing. Returns the files that would change. */
export async function check(root: string): Promise<Difference[]> {
  return compare(root, await render(root));
}

/** Renders all generated files without writing them. */
export async function render(root: string): Promise<Files> {
  const [contract, packageJson, readme, reference] = await Promise.all([
    readContract(root),
    readFile(join(root, 'package.json'), 'utf8'),
    readFile(join(root, readmeFile), 'utf8'),
    readFile(join(root, referenceFile), 'utf8'),
  ]);
  const [types, validators] = await Promise.all([renderTypes(contract), renderValidators(contract)]);
  const files = {
    [readmeFile]: withCommands(withEvents(readme, contract)),
    'generated/event-details.ts': renderEventDetails(contract),
    'generated/event-types.ts': renderEventTypes(contract),
    'generated/events.ts': renderEvents(contract, types),
    'generated/openapi.json': `${JSON.stringify(contract, null, 2)}\n`,
    'generated/openapi.ts': types,
    'generated/operations.ts': renderOperations(contract),
    'generated/request-bodies.ts': renderRequestBodies(contract),
    'generated/samples.ts': renderSamples(contract),
    'generated/server.ts': renderServer(contract),
    'generated/validators.d.ts': renderValidatorTypes(),
    'generated/validators.js': validators,
    'generated/version.ts': renderVersion(manifestIn(packageJson)),
  };
  const texts = await Promise.all(Object.values(programs).map((file) => readFile(join(root, file), 'utf8')));
  return { ...files, [llmsFile]: renderLlms({ root, packageJson, contract, texts, reference, files }) };
}

function manifestIn(packageJson: string): Manifest {
  try {
    return JSON.parse(packageJson);
  } catch (error) {
    throw new ContractError(`package.json is not valid JSON: ${(error as Error).message}`);
  }
}
