import type { CheckResult } from '../suite/check.js';
import type { Plan } from '../suite/plan.js';
import { runSuite } from '../suite/suite.js';

declare global {
  /** Called from outside of the page. */
  var suite: (plan: Plan) => Promise<CheckResult[]>;
}

globalThis.suite = async (plan) => {
  const results: CheckResult[] = [];
  await runSuite(
    plan,
    { backEnd: 'WebCrypto', tellsRefusal: false, repeatsPosts: true, isBrowser: true, servers: [] },
    (result) => void results.push(result),
  );
  return results;
};
