import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type * as Core from '@redocly/openapi-core';
import { type Contract, ContractError, inlineExamples } from '../lib/contract.js';
import { describeEventTypes } from '../lib/events.js';

// Required, not imported: an import would run the hooks of tsx on each of its 300 modules, which doubles the time.
const core = createRequire(import.meta.url)('@redocly/openapi-core') as typeof Core;

/** The contract in `root` as one document: linted, bundled, with inlined examples and described event types. */
export async function readContract(root: string): Promise<Contract> {
  const source = await contractSource(root);
  await lint(source, root);
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

/** Does the same as `redocly lint`, without starting a process, and prints the first problems. */
async function lint(source: Source, root: string): Promise<void> {
  const problems = await core.lint(source).catch((error) => {
    if (!(error instanceof core.YamlParseError)) throw error;
    const { source: file, line, col, originalError } = error;
    const [reason] = originalError.message.split(' in "');
    throw new ContractError(`${relative(root, file.absoluteRef)}:${line}:${col} is not valid YAML: ${reason}.`);
  });
  if (problems.length === 0) return;
  // The examples of a wrong schema cannot be checked.
  const causes = problems.filter(({ message }) => !message.startsWith('Example validation errored'));
  const shown = causes.length > 0 ? causes : problems;
  core.formatProblems(shown, { cwd: root, format: 'codeframe', maxProblems: 10, totals: core.getTotals(shown) });
  const hidden = problems.length - shown.length;
  throw new ContractError(`The contract does not pass lint. Errors: ${shown.length}. Examples not checked: ${hidden}.`);
}

/** The output of `redocly bundle`, without starting a process. */
export async function bundleOf(source: Source): Promise<Contract> {
  const { bundle: document } = await core.bundle(source);
  return document.parsed as Contract;
}
