import {
  type DixaApiError,
  DixaAuthenticationError,
  DixaBadRequestError,
  DixaError,
  DixaNotFoundError,
  DixaRateLimitError,
  DixaServerError,
} from 'dixa-webhooks';
import { type OperationId, operations, statuses } from '../../../generated/operations.js';
import { calls } from '../../contract/calls.js';
import { type Check, expectEqual, expectTrue } from './check.js';
import { makeClient, rejectionOf } from './client.js';
import type { Plan } from './plan.js';
import type { Platform } from './platform.js';

/** The class of each error status that the contract declares. */
const classes: Readonly<Record<number, typeof DixaApiError>> = {
  400: DixaBadRequestError,
  401: DixaAuthenticationError,
  404: DixaNotFoundError,
  429: DixaRateLimitError,
  500: DixaServerError,
};

/** Every operation with every status that it declares, over real HTTP, from its method and `raw`. */
export function operationChecks({ prismUrl, replies }: Plan, platform: Platform): Check[] {
  // One client per call, because a 429 delays the whole client.
  const make = () => makeClient(platform, { baseUrl: prismUrl, maxRetries: 0 });
  const ids = Object.keys(operations) as OperationId[];
  return ids.flatMap((id) =>
    statuses[id].flatMap((status): Check[] => {
      const options = { headers: { Prefer: `code=${status}` } };
      const reply = replies[id][status] as { readonly data?: unknown } | undefined;
      const succeeds = status < 300;
      return [
        {
          name: `${id} answered with ${status} ${succeeds ? 'gives the data' : `rejects with its error`}`,
          async run() {
            const result = calls[id].method(make(), options);
            if (succeeds) return expectEqual(await result, reply?.data);
            const error = await rejectionOf(result, platform);
            const ErrorClass = classes[status];
            expectTrue(ErrorClass && error instanceof ErrorClass && DixaError.is(error), `It is ${error.stack}`);
            expectEqual([error.status, error.operationId, error.attempts], [status, id, 1]);
            expectEqual(error.body, reply);
          },
        },
        {
          name: `${id} answered with ${status} through raw keeps the contract of openapi-fetch`,
          async run() {
            const { data, error, response } = await calls[id].raw(make(), options);
            expectEqual(response.status, status);
            expectEqual([data, error], succeeds ? [reply, undefined] : [undefined, reply]);
          },
        },
      ];
    }),
  );
}
