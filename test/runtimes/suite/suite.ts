import { type CheckResult, runChecks } from './check.js';
import { configurationChecks } from './configuration-checks.js';
import { endingChecks } from './ending-checks.js';
import { operationChecks } from './operation-checks.js';
import { packageChecks } from './package-checks.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';
import { receiverChecks } from './receiver-checks.js';
import { replyChecks } from './reply-checks.js';
import { retryChecks } from './retry-checks.js';
import { testingChecks } from './testing-checks.js';
import { vectorChecks } from './vector-checks.js';

/** Runs all checks within a runtime. */
export function runSuite(
  plan: Plan,
  platform: Platform,
  report: (result: CheckResult) => void | Promise<void>,
): Promise<void> {
  const checks = [
    ...packageChecks(platform),
    ...(platform.ownChecks ?? []),
    ...configurationChecks(plan, platform),
    ...operationChecks(plan, platform),
    ...retryChecks(plan, platform),
    ...endingChecks(plan, platform),
    ...replyChecks(plan, platform),
    ...vectorChecks(platform),
    ...receiverChecks(plan, platform),
    ...testingChecks(platform),
  ];
  return runChecks(checks, report);
}
