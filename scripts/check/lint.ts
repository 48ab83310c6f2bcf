import { root } from '../lib/package.js';
import { type Fault, faultsText, redocly } from '../lib/redocly.js';

/** What redocly prints about a fault with `--format=json`. */
interface Problem extends Pick<Fault, 'ruleId' | 'severity' | 'message' | 'suggest'> {
  readonly location: readonly {
    readonly source: { readonly ref: string };
    readonly start: { line: number; col: number };
  }[];
}

/** Runs `redocly lint`, whose verdict counts, and prints each cause once. */
export async function main(_args: string[] = [], folder = root): Promise<number> {
  const { code, stdout, stderr } = await redocly(['lint', '--format=json'], folder);
  const faults = parse(stdout);
  if (!faults) {
    // Why it could not look for faults: a document that does not parse, for one. Among it is a box about Node 20.
    console.error(stderr.replaceAll(/^\s*[╔║╚].*\n/gm, '').trim());
    return code || 1;
  }
  if (faults.length > 0) console.error(faultsText(faults, folder));
  else console.log('openapi/ passes redocly lint.');
  return code ?? 1;
}

/** @returns undefined if redocly failed before it could look for faults */
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
