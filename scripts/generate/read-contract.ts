import { join, relative } from 'node:path';
import {
  bundle,
  type Config,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
  YamlParseError,
} from '@redocly/openapi-core';
import { type Contract, ContractError, inlineExamples } from '../lib/contract.js';
import { describeEventTypes } from '../lib/events.js';
import { type Fault, faultsText, LintError } from '../lib/redocly.js';

/** The contract in `root` as one document: linted, bundled, with each example where it is used and the event types explained. */
export async function readContract(root: string): Promise<Contract> {
  const source = await contractSource(root);
  const faults = await faultsOf(source, root);
  if (faults.length > 0) throw new LintError(faultsText(faults, root));
  return describeEventTypes(inlineExamples(await bundleOf(source)));
}

interface Source {
  readonly ref: string;
  readonly config: Config;
}

/** The document that redocly.yaml names, and the rules for it. */
export async function contractSource(root: string): Promise<Source> {
  const config = await loadConfig({ configPath: join(root, 'redocly.yaml') });
  const [[name, api] = [], ...others] = Object.entries(config.resolvedConfig.apis ?? {});
  if (!name || !api || others.length > 0)
    throw new ContractError('redocly.yaml must name exactly one document under `apis`.');
  return { ref: join(root, api.root), config: config.forAlias(name) };
}

/** What `redocly lint` finds, without a process of its own. */
export async function faultsOf({ ref, config }: Source, root: string): Promise<Fault[]> {
  try {
    return (await lint({ ref, config })).map((problem) => toFault(problem, root));
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    const { line, col: column, source, originalError } = error;
    const message = originalError.message.split(' in "')[0] ?? '';
    return [
      {
        ruleId: 'yaml',
        severity: 'error',
        message,
        suggest: [],
        file: relative(root, source.absoluteRef),
        line,
        column,
      },
    ];
  }
}

/** What `redocly bundle` prints. */
export async function bundleOf({ ref, config }: Source): Promise<Contract> {
  const { bundle: document } = await bundle({ ref, config });
  return document.parsed as Contract;
}

function toFault({ ruleId, severity, message, suggest, location: [place] }: NormalizedProblem, root: string): Fault {
  if (!place) throw new Error(`redocly gives no place for ${ruleId}: ${message}`);
  const { start } = getLineColLocation(place);
  const file = relative(root, place.source.absoluteRef);
  return { ruleId, severity, message, suggest, file, line: start.line, column: start.col };
}
