import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type OperationId, operations, statuses } from '../../generated/operations.js';
import { manifest, root } from '../../scripts/lib/package.js';
import { replyExamples } from '../support/contract-document.js';
import { deadAddress } from '../support/dead-address.js';
import { makePackedProject } from '../support/packed-project.js';
import { startPrism } from '../support/prism.js';
import { startFaultServer } from './faults.js';
import { bun } from './hosts/bun.js';
import { chromium } from './hosts/chromium.js';
import { deno } from './hosts/deno.js';
import { nodeRuntime } from './hosts/node.js';
import type { InstalledRuntime, RunContext, Runtime } from './hosts/runtime.js';
import { workerd } from './hosts/workerd.js';
import type { CheckResult } from './suite/check.js';
import type { Plan } from './suite/plan.js';

/** All runtimes that the package is for. */
export const runtimes: readonly Runtime[] = [...[20, 22, 24, 26].map(nodeRuntime), bun, deno, workerd, chromium];

/** What came of the suite on one runtime. */
export interface RuntimeResult {
  readonly runtime: Runtime;
  readonly version: string;
  readonly passed: number;
  readonly failed: readonly Required<CheckResult>[];
  readonly seconds: number;
}

/** Tests the packed package on these runtimes, one after another, and reports each result immediately. */
export async function testRuntimes(
  chosen: readonly InstalledRuntime[],
  tell: (result: RuntimeResult) => void,
): Promise<void> {
  const closings: (() => Promise<void>)[] = [];
  try {
    const project = await makePackedProject();
    closings.push(project.remove);
    const prism = await startPrism(join(root, 'generated/openapi.json'), { cors: true });
    closings.push(prism.close);
    const faults = await startFaultServer();
    closings.push(faults.close);
    const plan: Plan = {
      prismUrl: prism.url,
      faultsUrl: faults.url,
      deadUrl: await deadAddress(),
      version: manifest.version,
      replies: repliesOf(),
    };
    for (const runtime of chosen) tell(await testRuntime(runtime, { plan, project: project.folder }));
  } finally {
    for (const close of closings.reverse()) await close();
  }
}

async function testRuntime(runtime: InstalledRuntime, context: RunContext): Promise<RuntimeResult> {
  const start = performance.now();
  const { stdout } = await promisify(execFile)(runtime.binary, ['--version']);
  const results = await runtime
    .run(runtime.binary, context)
    .catch((error: Error): CheckResult[] => [{ name: 'the suite runs to its end', failure: `${error.stack}` }]);
  const failed = results.flatMap(({ name, failure }) => (failure === undefined ? [] : [{ name, failure }]));
  return {
    runtime,
    version: /\d+([.-]\d+)+/.exec(stdout)?.[0] ?? stdout.trim(),
    passed: results.length - failed.length,
    failed,
    seconds: (performance.now() - start) / 1000,
  };
}

/** Prism's response: the first example in the contract. */
function repliesOf(): Plan['replies'] {
  const ids = Object.keys(operations) as OperationId[];
  const repliesTo = (id: OperationId) =>
    Object.fromEntries(statuses[id].map((status) => [status, replyExamples(id, status)[0]?.value]));
  return Object.fromEntries(ids.map((id) => [id, repliesTo(id)])) as unknown as Plan['replies'];
}
