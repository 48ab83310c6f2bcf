import { describe, expect, inject, test } from 'vitest';
import { operations } from '../../generated/operations.js';
import { DixaAuthenticationError } from '../../src/client/index.js';
import { contractClient, violationsOf } from '../support/contract-client.js';
import { replyExamples } from '../support/contract-document.js';
import { calls, pathOf } from './calls.js';
import { operationIds } from './pairs.js';

describe.each(operationIds)('%s', (id) => {
  test('a request without a key gets 401, before any other check', async () => {
    const response = await fetch(inject('prismUrl') + pathOf(id), { method: operations[id].method });
    expect(response.status).toBe(401);
    expect(await response.json()).toStrictEqual(replyExamples(id, 401)[0]?.value);
    expect(violationsOf(response)).toContainEqual(expect.objectContaining({ location: ['request'], code: 401 }));
  });

  test('a call with a rejected key rejects with DixaAuthenticationError', async () => {
    const { dixa } = contractClient({ apiKey: 'refused-key' });
    const error = await calls[id].method(dixa, { headers: { Prefer: 'code=401' } }).then(
      () => expect.unreachable(),
      (error: DixaAuthenticationError) => error,
    );
    expect(error).toBeInstanceOf(DixaAuthenticationError);
    expect(error.message).not.toContain('refused-key');
  });
});
