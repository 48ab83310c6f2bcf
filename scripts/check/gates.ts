import { compilers } from '../lib/run-node.js';

/** Something that must hold before a push. */
export interface Gate {
  readonly name: string;
  /** A command of the project or of node_modules/.bin. */
  readonly command: string;
  readonly args: readonly string[];
  /** Whether what it prints is only worth reading if it fails. */
  readonly quiet?: boolean;
  /** Why it cannot be judged here, if it cannot. */
  readonly skipped?: string;
}

const npm = (script: string, ...args: string[]): Gate => ({
  name: script,
  command: 'npm',
  args: ['run', '--silent', script, '--', ...args],
});

/** Where documents of Dixa's are at hand. The published one needs the network, which no gate does. */
const upstream = process.env.DIXA_UPSTREAM_DIR;

/** In the order in which a mistake is found soonest. Those after `build` look at what it made. */
export const gates: readonly Gate[] = [
  npm('lint'),
  npm('generate:check'),
  upstream
    ? npm('drift', '--upstream', upstream)
    : { ...npm('drift'), skipped: 'DIXA_UPSTREAM_DIR names no folder with documents of Dixa’s' },
  npm('typecheck'),
  {
    name: 'TypeScript 6',
    command: 'node',
    args: [compilers['TypeScript 6'], '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/typescript-6.json'],
  },
  { name: 'knip', command: 'knip', args: ['--no-progress', '--config', 'scripts/check/knip.jsonc'] },
  { name: 'lock files', command: 'node', args: ['--import', 'tsx/esm', 'scripts/run.ts', 'check/lock-files'] },
  // With the slow ones, which `npm test` leaves out.
  { name: 'test', command: 'vitest', args: ['run'] },
  npm('build'),
  { name: 'publint', command: 'publint', args: ['--strict'] },
  { name: 'attw', command: 'attw', args: ['--pack', '.', '--profile', 'esm-only', '--format', 'ascii'], quiet: true },
  { name: 'size', command: 'node', args: ['--import', 'tsx/esm', 'scripts/run.ts', 'check/sizes'] },
  npm('breaking'),
];
