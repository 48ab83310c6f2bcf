import { describe, expect, inject, test } from 'vitest';
import { operations } from '../../generated/operations.js';
import type { DixaApiError } from '../../src/client/index.js';
import { contractClient } from '../support/contract-client.js';
import { headerExample, replyExamples } from '../support/contract-document.js';
import { calls, pathOf } from './calls.js';
import { declaredPairs, expectationOf, expectedPairs, type Pair } from './pairs.js';

const nameOf = ({ id, status }: Pair) => `${id} ${status}`;

/** What `Retry-After` asks for in the contract's example, in milliseconds; undefined where there is none. */
function retryAfterOf({ id, status }: Pair): number | undefined {
  const seconds = headerExample(id, status, 'Retry-After');
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

test('every status that the contract declares has an expectation, and no other', () => {
  expect(expectedPairs.map(nameOf).sort()).toEqual(declaredPairs.map(nameOf).sort());
});

test('the contract has Retry-After for every 429, and only there', () => {
  const waiting = declaredPairs.filter((pair) => retryAfterOf(pair));
  expect(waiting).toEqual(declaredPairs.filter(({ status }) => status === 429));
});

describe.each(declaredPairs.map((pair) => [pair.id, pair.status, pair] as const))(
  '%s answered with %i',
  (id, status, pair) => {
    const options = { headers: { Prefer: `code=${status}` } };
    const { method } = operations[id];
    const example = replyExamples(id, status)[0]?.value as { data?: unknown; message?: string } | undefined;

    test('a method returns the example of the contract', async () => {
      const { dixa, exchanges } = contractClient();
      const outcome = await calls[id].method(dixa, options).then(
        (result) => ({ result }),
        (error: DixaApiError) => ({ error }),
      );
      const expectation = expectationOf(pair);

      expect(exchanges).toMatchObject([{ method, status }]);
      if (typeof expectation === 'string') {
        expect(outcome).toStrictEqual({ result: expectation === 'data' ? example?.data : undefined });
        expect(example === undefined).toBe(expectation === 'nothing');
        return;
      }
      const { errorClass, code, advises } = expectation;
      const error = (outcome as { error?: DixaApiError }).error;
      expect(error).toBeInstanceOf(errorClass);
      expect(error).toMatchObject({
        name: errorClass.name,
        code,
        status,
        operationId: id,
        method,
        url: inject('prismUrl') + pathOf(id),
        attempts: 1,
        body: example,
      });
      expect(error?.outcome).toBe(expectation.outcome);
      expect(error?.retryAfterMs).toBe(retryAfterOf(pair));
      for (const words of [id, `HTTP ${status}`, `"${example?.message}"`, advises]) {
        expect(error?.message).toContain(words);
      }
    });

    test('raw returns the example of the contract', async () => {
      const { dixa } = contractClient();
      const { data, error, response } = await calls[id].raw(dixa, options);
      const succeeds = typeof expectationOf(pair) === 'string';

      expect(response.status).toBe(status);
      expect({ data, error }).toStrictEqual(
        succeeds ? { data: example, error: undefined } : { data: undefined, error: example },
      );
    });
  },
);
