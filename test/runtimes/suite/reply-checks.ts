import { type Check, expectEqual, expectTrue } from './check.js';
import { apiKey, headerSecret, rejectionOf, subscriptionId } from './client.js';
import { faultyCheck } from './faulty-check.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

/** What is made of odd replies, and what a request looks like to its server. */
export function replyChecks(plan: Plan, platform: Platform): Check[] {
  const { isBrowser } = platform;
  const check = faultyCheck(plan, platform);
  return [
    check('a redirect is not followed', ['redirect'], async (dixa, { redirectsTo, seen, seenElsewhere }) => {
      const error = await rejectionOf(dixa.list(), platform);
      const told = isBrowser ? [0, undefined] : [307, redirectsTo];
      expectEqual([error.name, error.status, error.location], ['DixaResponseError', ...told]);
      expectEqual([(await seen()).length, (await seenElsewhere()).length], [1, 0]);
    }),
    check('a page instead of JSON is a DixaResponseError that does not quote it', ['page'], async (dixa, { seen }) => {
      const error = await rejectionOf(dixa.list(), platform);
      expectEqual([error.name, error.status], ['DixaResponseError', 200]);
      expectEqual((await seen()).length, 1);
    }),
    check('an empty 401 is a DixaAuthenticationError', ['unauthorized'], async (dixa) => {
      const error = await rejectionOf(dixa.get(subscriptionId), platform);
      expectEqual([error.name, error.body], ['DixaAuthenticationError', undefined]);
    }),
    check('what a server echoes of key and headers is hidden', ['echo'], async (dixa, { seen }) => {
      const error = await rejectionOf(dixa.list({ headers: { 'X-Secret': headerSecret } }), platform);
      expectEqual(error.name, 'DixaBadRequestError');
      expectTrue(error.message.includes('[redacted]'), error.message);
      const [request] = await seen();
      expectEqual([request?.headers.authorization, request?.headers['x-secret']], [apiKey, headerSecret]);
    }),
    check(
      `a request ${isBrowser ? 'leaves its agent to the browser' : 'names the package as its agent'}`,
      ['succeed'],
      async (dixa, { seen }) => {
        await dixa.list();
        const agent = (await seen())[0]?.headers['user-agent'];
        const ours = `dixa-webhooks/${plan.version}`;
        expectTrue(isBrowser ? agent && !agent.includes(ours) : agent === ours, `It is ${agent}.`);
      },
    ),
    check('a DELETE that is answered gives nothing', ['succeed'], async (dixa, { seen }) => {
      expectEqual(await dixa.delete(subscriptionId), undefined);
      expectEqual(
        (await seen()).map(({ method, body }) => [method, body]),
        [['DELETE', '']],
      );
    }),
  ];
}
