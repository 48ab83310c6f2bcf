import { type Contract, ContractError } from './contract.js';
import { type Finished, packageFile, runNode } from './run-node.js';

/** Every finding of lint, as redocly words it. */
export class LintError extends Error {
  override name = 'LintError';
}

/**
 * Lints the contract by the project's redocly.yaml, and bundles it into one document. Both run at once: redocly has no usable API, and
 * its start is what costs.
 */
export async function lintAndBundle(root: string, signal?: AbortSignal): Promise<Contract> {
  const [lint, bundle] = await Promise.all([
    redocly(['lint', '--format=codeframe'], root, signal),
    redocly(['bundle', '--ext=json'], root, signal),
  ]);
  if (lint.code !== 0) throw new LintError(readable(lint));
  if (bundle.code !== 0) throw new LintError(readable(bundle));
  try {
    return JSON.parse(bundle.stdout) as Contract;
  } catch {
    throw new ContractError(
      'redocly bundled more or less than one document; redocly.yaml must name exactly one under `apis`.',
    );
  }
}

/** Runs redocly in `root`, where it finds its configuration. Nothing of it may reach for the network. */
export function redocly(args: string[], root: string, signal?: AbortSignal): Promise<Finished> {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return runNode([packageFile('@redocly/cli', 'bin/cli.js'), ...args], { cwd: root, env, signal });
}

/**
 * What redocly found. It prints its findings to stdout; only what kept it from looking for any (a document that does not parse, a
 * reference to a missing file) is on stderr, among its progress and a banner in a box.
 */
function readable({ stdout, stderr }: Finished): string {
  const chatter = /^\s*[╔║╚]|^(validating|bundling) |: validated in |--generate-ignore-file/;
  return (stdout.trim() || stderr)
    .split('\n')
    .filter((line) => !chatter.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
