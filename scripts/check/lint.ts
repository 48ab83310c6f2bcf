import { root } from '../lib/package.js';
import { type Fault, faultsText, redocly } from '../lib/redocly.js';

/** What redocly prints about a fault with `--format=json`. */
interface Problem extends Pick<Fault, 'ruleId' | 'severity' | 'message' | 'suggest'> {
  readonly location: readonly {
    readonly source: { readonly ref: string };
    readonly start: { line: number; col: number };
  }[];
}

/** Runs `redocly lint`, whose verdict counts, and prints each cause once. Its own output has a box about Node 20 in every run. */
export async function main(): Promise<number> {
  const { code, stdout, stderr } = await redocly(['lint', '--format=json'], root);
  const faults = parse(stdout);
  if (code === 0 && faults?.length === 0) console.log('openapi/ passes redocly lint.');
  else if (faults && faults.length > 0) console.error(faultsText(faults, root));
  else console.error(`${stdout}\n${stderr}`.trim());
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
