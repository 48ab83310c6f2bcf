import process from 'node:process';
import { inspect } from 'node:util';
import { ENDED } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';
import type { Platform } from '../suite/platform.js';
import { runSuite } from '../suite/suite.js';
import { sandboxServer } from '../suite/testing-checks.js';
import { nodeHttp } from './node-http.js';

/** What is true of every runtime that runs as a process and has the modules of Node. */
const shared = {
  backEnd: 'node:crypto',
  repeatsPosts: false,
  isBrowser: false,
  inspect: (value: unknown) => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
} as const;

/** Runs the suite by the plan in the first argument, and prints a line of JSON for each check. */
export async function runAsProcess(platform: Pick<Platform, 'tellsRefusal' | 'servers' | 'ownChecks'>): Promise<void> {
  const plan = JSON.parse(process.argv[2] ?? '') as Plan;
  const servers = [nodeHttp, ...platform.servers];
  const ownChecks = [sandboxServer, ...(platform.ownChecks ?? [])];
  await runSuite(plan, { ...shared, ...platform, servers, ownChecks }, (result) => console.log(JSON.stringify(result)));
  console.log(ENDED);
}
