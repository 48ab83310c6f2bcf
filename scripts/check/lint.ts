import { root } from '../lib/package.js';
import { type Fault, faultsText, redocly } from '../lib/redocly.js';

/** A fault in the output of redocly with `--format=json`. */
interface Problem extends Pick<Fault, 'ruleId' | 'severity' | 'message' | 'suggest'> {
  readonly location: readonly {
    readonly source: { readonly ref: string };
    readonly start: { line: number; col: number };
  }[];
}

/** Runs `redocly lint`, whose exit code decides, and prints each cause once. */
export async function main(_args: string[] = [], folder = root): Promise<number> {
  const { code, stdout, stderr } = await redocly(['lint', '--format=json'], folder);
  const faults = parse(stdout);
  if (!faults) {
    // It failed before linting, for example because of invalid YAML. The output includes a box about Node 20.
    console.error(stderr.replaceAll(/^\s*[╔║╚].*\n/gm, '').trim());
    return code || 1;
  }
  if (faults.length > 0) console.error(faultsText(faults, folder));
  else console.log('openapi/ passes redocly lint.');
  return code ?? 1;
}

/** @returns undefined if redocly failed before linting */
function parse(stdout: string): Fault[] | undefined {
  try {
    const { problems } = JSON.parse(stdout) as { problems: Problem[] };
    return problems.map(({ location: [place], ...rest }) => ({
      ...rest,
      file: place?.source.ref ?? '',
      line: place?.start.line ?? 1,
      column: place?.start.col ?? 1,
    }));
  } catch {
    return undefined;
  }
}
