import type { CheckResult } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';

/** A runtime on which the package is tested, seen from outside. */
export interface Runtime {
  /** What `--only` calls it. */
  readonly id: string;
  readonly name: string;
  /** The program that runs it, or undefined if it is not installed. */
  readonly binary: string | undefined;
  /** How to install it. */
  readonly install: string;
  /** Set where the version is the machine's own, not one that package.json pins. */
  readonly isUnpinned?: boolean;
  /** Runs the suite there, within bounds of time, and leaves nothing behind. */
  run(binary: string, context: RunContext): Promise<readonly CheckResult[]>;
}

export interface InstalledRuntime extends Runtime {
  readonly binary: string;
}

export function isInstalled(runtime: Runtime): runtime is InstalledRuntime {
  return runtime.binary !== undefined;
}

export interface RunContext {
  readonly plan: Plan;
  /** A project that has the package installed. */
  readonly project: string;
}

/** The longest that the suite may take on a runtime, in milliseconds: several times what it takes on a busy machine. */
export const SUITE_LIMIT_MS = 180_000;
