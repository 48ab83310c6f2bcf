import { type Check, expectEqual, expectTrue } from './check.js';
import { makeClient, rejectionOf, withoutPause } from './client.js';
import type { StepName } from './faulty.js';
import { create, faultyCheck, update } from './faulty-check.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

/** What is sent again when the server or the network fails, and what is not. */
export function retryChecks(plan: Plan, platform: Platform): Check[] {
  const check = faultyCheck(plan, platform);
  return [
    check(
      'a PATCH answered with 503 and then 200 is sent twice with the same body',
      ['unavailable', 'succeed'],
      async (dixa, { seen }) => {
        expectEqual((await update(dixa)).name, 'faulty');
        const sent = ['PATCH', JSON.stringify({ enabled: false })];
        expectEqual(
          (await seen()).map(({ method, body }) => [method, body]),
          [sent, sent],
        );
      },
    ),
    check(
      'a POST answered with 503 is sent once, and its error says that its fate is unknown',
      ['unavailable', 'succeed'],
      async (dixa, { seen }) => {
        const error = await rejectionOf(create(dixa), platform);
        expectEqual([error.name, error.status, error.outcome], ['DixaServerError', 503, 'unknown']);
        expectEqual((await seen()).length, 1);
      },
    ),
    check('a POST answered with 429 is sent again with its body', ['limited', 'succeed'], async (dixa, { seen }) => {
      expectEqual((await create(dixa)).name, 'faulty');
      const [first, ...others] = await seen();
      expectTrue(first?.body, 'It was sent without a body.');
      expectEqual(
        others.map(({ body }) => body),
        [first.body],
      );
    }),
    check('a GET is tried three times and no more', ['unavailable'], async (dixa, { seen }) => {
      const error = await rejectionOf(dixa.list(), platform);
      expectEqual([error.name, error.attempts, error.body], ['DixaServerError', 3, 'no JSON']);
      expectEqual((await seen()).length, 3);
    }),
    ...lossChecks(plan, platform),
    refusalCheck(plan, platform),
  ];
}

/** How a connection may be lost. */
const losses: readonly StepName[] = ['resetAtOnce', 'resetWithinBody', 'endWithinBody'];

function lossChecks(plan: Plan, platform: Platform): Check[] {
  const check = faultyCheck(plan, platform);
  return losses.flatMap((loss) => [
    check(`a GET whose connection is lost (${loss}) is sent again`, [loss, 'succeed'], async (dixa) => {
      expectEqual(await withoutPause(() => dixa.list()), []);
    }),
    check(`a PATCH whose connection is lost (${loss}) is sent again`, [loss, 'succeed'], async (dixa) => {
      expectEqual((await withoutPause(() => update(dixa))).name, 'faulty');
    }),
    loss === 'resetAtOnce' && platform.repeatsPosts
      ? check(
          'a POST whose connection is lost at once is repeated by the runtime itself',
          [loss, 'succeed'],
          async (dixa, { seen }) => {
            await seen(); // Leaves a connection that is kept, the only kind on which it does so.
            expectEqual([(await create(dixa)).name, (await seen()).length], ['faulty', 2]);
          },
        )
      : check(`a POST whose connection is lost (${loss}) is sent once`, [loss, 'succeed'], async (dixa, { seen }) => {
          await seen(); // Leaves a connection that is kept: where one is lost, a runtime may repeat by itself.
          const error = await rejectionOf(create(dixa), platform);
          expectEqual([error.name, error.outcome, error.attempts], ['DixaConnectionError', 'unknown', 1]);
          expectTrue(error.cause instanceof Error, 'It has no cause.');
          expectEqual((await seen()).length, 1);
        }),
  ]);
}

function refusalCheck(plan: Plan, platform: Platform): Check {
  const { tellsRefusal } = platform;
  const how = tellsRefusal ? 'told from a lost one: a POST is sent again' : 'like a lost one: a POST is not sent again';
  return {
    name: `a refused connection is ${how}`,
    async run() {
      const dixa = makeClient(platform, { baseUrl: plan.deadUrl });
      const error = await withoutPause(() => rejectionOf(create(dixa), platform));
      const fate = tellsRefusal ? ['not-sent', 3] : ['unknown', 1];
      expectEqual([error.name, error.outcome, error.attempts], ['DixaConnectionError', ...fate]);
    },
  };
}
