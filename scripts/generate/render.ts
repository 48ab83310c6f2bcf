import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readmeFile, referenceFile } from '../lib/package.js';
import type { Files } from './generated-files.js';
import { readContract } from './read-contract.js';
import { withCommands } from './render-commands.js';
import { renderEventDetails, renderEvents, renderEventTypes, withEvents } from './render-events.js';
import { llmsFile, programs, renderLlms } from './render-llms.js';
import { renderRequestBodies } from './render-requests.js';
import { renderSamples } from './render-samples.js';
import { renderOperations, renderServer, renderVersion } from './render-tables.js';
import { renderTypes } from './render-types.js';
import { renderValidators, renderValidatorTypes } from './render-validators.js';

/** Lints the contract in `root` and renders all generated files, without writing them. */
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
    'generated/version.ts': renderVersion(JSON.parse(packageJson)),
  };
  const texts = await Promise.all(Object.values(programs).map((file) => readFile(join(root, file), 'utf8')));
  return { ...files, [llmsFile]: renderLlms({ root, packageJson, contract, texts, reference, files }) };
}
