import { referenceFile } from '../../scripts/lib/package.js';
import { markdownTable } from '../../scripts/lib/table.js';
import { contentOf, section, withSection } from '../../scripts/lib/written-section.js';

/** A runtime on which all checks passed. */
export interface ProvenRuntime {
  readonly name: string;
  readonly version: string;
  /** Whether the version is the machine's own. */
  readonly isUnpinned: boolean;
  readonly passed: number;
  readonly seconds: number;
}

const runtimes = section(referenceFile, 'runtimes', 'npm run test:runtimes -- --write');

const head = ['runtime', 'version', 'checks passed', 'time, about'];

/** The reference with its table of runtimes as they were tested. */
export function withRuntimes(readme: string, proven: readonly ProvenRuntime[]): string {
  const rows = proven.map(({ name, version, passed, seconds }) => [
    name,
    version,
    `${passed}`,
    `${Math.ceil(seconds)} s`,
  ]);
  return withSection(readme, runtimes, markdownTable([head, ...rows]));
}

/** Whether the table of the reference says so, but for what differs from one machine and run to the next: times, and versions that nothing pins. */
export function tellsRuntimes(readme: string, proven: readonly ProvenRuntime[]): boolean {
  const [, , ...rows] = contentOf(readme, runtimes).trim().split('\n');
  const told = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  return (
    told.length === proven.length &&
    proven.every(({ name, version, isUnpinned, passed }, index) => {
      const [, toldName, toldVersion, toldPassed] = told[index] ?? [];
      return toldName === name && (isUnpinned || toldVersion === version) && toldPassed === `${passed}`;
    })
  );
}
