import { compilers } from '../lib/run-node.js';

/** A check that must pass before a push. */
export interface Gate {
  readonly name: string;
  /** A command, from the PATH or node_modules/.bin. */
  readonly command: string;
  readonly args: readonly string[];
  /** Prints the output only if the gate fails. */
  readonly quiet?: boolean;
  /** Why the gate cannot run on this machine. */
  readonly skipped?: string;
}

const npm = (script: string, ...args: string[]): Gate => ({
  name: script,
  command: 'npm',
  args: ['run', '--silent', script, '--', ...args],
});

/** A folder with copies of Dixa's document. Gates do not use the network to download it. */
const upstream = process.env.DIXA_UPSTREAM_DIR;

/** The gates. The fastest ones that find most errors come first. Those after `build` check its output. */
export const gates: readonly Gate[] = [
  npm('lint'),
  npm('generate:check'),
  upstream
    ? npm('drift', '--upstream', upstream)
    : { ...npm('drift'), skipped: 'DIXA_UPSTREAM_DIR is not set to a folder with copies of Dixa’s document' },
  npm('typecheck'),
  {
    name: 'TypeScript 6',
    command: 'node',
    args: [compilers['TypeScript 6'], '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/typescript-6.json'],
  },
  { name: 'knip', command: 'knip', args: ['--no-progress', '--config', 'scripts/check/knip.jsonc'] },
  { name: 'lock files', command: 'node', args: ['--import', 'tsx/esm', 'scripts/run.ts', 'check/lock-files'] },
  // Including the slow tests, which `npm test` leaves out.
  { name: 'test', command: 'vitest', args: ['run'] },
  npm('build'),
  { name: 'publint', command: 'publint', args: ['--strict'] },
  { name: 'attw', command: 'attw', args: ['--pack', '.', '--profile', 'esm-only', '--format', 'ascii'], quiet: true },
  { name: 'size', command: 'node', args: ['--import', 'tsx/esm', 'scripts/run.ts', 'check/sizes'] },
  npm('breaking'),
];
