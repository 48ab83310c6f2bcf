import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Contract, ContractError } from './contract.js';

const packageFile = createRequire(import.meta.url).resolve('@redocly/cli/package.json');
const bin = join(dirname(packageFile), 'bin/cli.js');

/** Every finding of lint, as redocly words it. */
export class LintError extends Error {
  override name = 'LintError';
}

/**
 * Lints the contract by the project's redocly.yaml, and bundles it into one document. Both run at once: redocly has no usable API, and
 * its start is what costs.
 */
export async function lintAndBundle(root: string): Promise<Contract> {
  const [lint, bundle] = await Promise.all([
    redocly(['lint', '--format=codeframe'], root),
    redocly(['bundle', '--ext=json'], root),
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

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs redocly in `root`, where it finds its configuration. Nothing of it may reach for the network. */
export function redocly(args: string[], root: string): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result: Finished = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('error', fail);
    child.once('close', (code) => done({ ...result, code }));
  });
}

function environment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: '1', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
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
