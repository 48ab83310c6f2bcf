import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type * as Core from '@redocly/openapi-core';
import { type Contract, ContractError, inlineExamples } from '../lib/contract.js';
import { describeEventTypes } from '../lib/events.js';
import { type Fault, faultsText, LintError } from '../lib/redocly.js';

// Required, not imported: an import would run the hooks of tsx on each of its 300 modules, which doubles the time.
const core = createRequire(import.meta.url)('@redocly/openapi-core') as typeof Core;

/** The contract in `root` as one document: linted, bundled, with inlined examples and described event types. */
export async function readContract(root: string): Promise<Contract> {
  const source = await contractSource(root);
  const faults = await faultsOf(source, root);
  if (faults.length > 0) throw new LintError(faultsText(faults, root));
  return describeEventTypes(inlineExamples(await bundleOf(source)));
}

interface Source {
  readonly ref: string;
  readonly config: Core.Config;
  /** Caches parsed files. */
  readonly externalRefResolver: Core.BaseResolver;
}

/** The document that redocly.yaml names, and its rules. */
export async function contractSource(root: string): Promise<Source> {
  const config = await core.loadConfig({ configPath: join(root, 'redocly.yaml') });
  const [[name, api] = [], ...others] = Object.entries(config.resolvedConfig.apis ?? {});
  if (!name || !api || others.length > 0)
    throw new ContractError('redocly.yaml must list exactly one document under `apis`.');
  return { ref: join(root, api.root), config: config.forAlias(name), externalRefResolver: new core.BaseResolver() };
}

/** The findings of `redocly lint`, without starting a process. */
export async function faultsOf(source: Source, root: string): Promise<Fault[]> {
  try {
    return (await core.lint(source)).map((problem) => toFault(problem, root));
  } catch (error) {
    if (!(error instanceof core.YamlParseError)) throw error;
    const { line, col: column, originalError } = error;
    const file = relative(root, error.source.absoluteRef);
    const message = originalError.message.split(' in "')[0] ?? '';
    return [{ ruleId: 'yaml', severity: 'error', message, suggest: [], file, line, column }];
  }
}

/** The output of `redocly bundle`, without starting a process. */
export async function bundleOf(source: Source): Promise<Contract> {
  const { bundle: document } = await core.bundle(source);
  return document.parsed as Contract;
}

function toFault(
  { ruleId, severity, message, suggest, location: [place] }: Core.NormalizedProblem,
  root: string,
): Fault {
  if (!place) throw new Error(`redocly reported ${ruleId} without a location: ${message}`);
  const { start } = core.getLineColLocation(place);
  const file = relative(root, place.source.absoluteRef);
  return { ruleId, severity, message, suggest, file, line: start.line, column: start.col };
}
