import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaResponseError } from '../../../../src/client/index.js';
import { oneOfEach } from '../../../support/every-call.js';
import { apiKey } from '../../../support/fake-dixa.js';
import { answer, succeed } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

describe('a server that redirects', () => {
  it.each(oneOfEach)('to another server: $name does not go there', async ({ call }) => {
    const elsewhere = await faultyServer(succeed);
    const { baseUrl, requests } = await faultyServer(answer(307, '', { Location: `${elsewhere.baseUrl}/webhooks` }));
    const error = await call(createDixaWebhooks({ apiKey, baseUrl })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(error).toMatchObject({ status: 307, location: `${elsewhere.baseUrl}/webhooks`, attempts: 1 });
    expect(requests).toHaveLength(1);
    expect(elsewhere.requests).toHaveLength(0);
  });
});
