import { type Check, expectEqual, expectTrue } from './check.js';
import { rejectionOf } from './client.js';
import type { StepName } from './faulty.js';
import { faultyCheck } from './faulty-check.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

/** How a server may say nothing. */
const silences: readonly StepName[] = ['saysNothing', 'stallsWithinBody'];

/** What ends a call before there is a reply: a limit, or whoever made it. */
export function endingChecks(plan: Plan, platform: Platform): Check[] {
  const check = faultyCheck(plan, platform);
  return silences.flatMap((silence) => [
    check(`timeoutMs ends a call (${silence})`, [silence], async (dixa) => {
      const error = await rejectionOf(dixa.list({ timeoutMs: 200, maxRetries: 0 }), platform);
      expectEqual([error.name, error.timeoutMs, error.attempts], ['DixaTimeoutError', 200, 1]);
    }),
    check(
      `totalTimeoutMs ends a call (${silence})`,
      [silence],
      async (dixa) => {
        const error = await rejectionOf(dixa.list(), platform);
        expectEqual([error.name, error.timeoutMs, error.attempts], ['DixaTimeoutError', 200, 1]);
      },
      { totalTimeoutMs: 200 },
    ),
    check(`an aborted call rejects with the reason of its signal (${silence})`, [silence], async (dixa, { seen }) => {
      const controller = new AbortController();
      const reason = new Error('the user left');
      const call = rejectionOf(dixa.list({ signal: controller.signal }), platform);
      await seen(1);
      controller.abort(reason);
      expectTrue((await call) === reason, 'It rejects with something else.');
      expectEqual((await seen()).length, 1);
    }),
  ]);
}
