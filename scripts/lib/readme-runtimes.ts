import { readmeFile } from './package.js';
import { markdownTable } from './table.js';
import { section, withSection } from './written-section.js';

/** A runtime on which all checks passed. */
export interface ProvenRuntime {
  readonly name: string;
  readonly version: string;
  readonly passed: number;
}

const runtimes = section('runtimes', 'npm run test:runtimes');

/** The README with its table of runtimes as they were tested. */
export function withRuntimes(readme: string, proven: readonly ProvenRuntime[]): string {
  const rows = proven.map(({ name, version, passed }) => [name, version, `${passed}`]);
  const changed = withSection(readme, runtimes, markdownTable([['runtime', 'version', 'checks passed'], ...rows]));
  if (changed !== undefined) return changed;
  throw new Error(
    `${readmeFile} must hold the lines "${runtimes.start}" and "${runtimes.end}": its table of runtimes goes between.`,
  );
}
