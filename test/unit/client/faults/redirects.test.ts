import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaResponseError } from '../../../../src/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey } from '../../../support/fake-dixa.js';
import { answer, succeed } from '../../../support/faults.js';
import { faultyServer } from '../../../support/faulty-server.js';

describe('a server that redirects', () => {
  it.each(ways)('to another server: $name does not go there', async ({ call }) => {
    const elsewhere = await faultyServer(succeed);
    const { baseUrl, requests } = await faultyServer(answer(307, '', { Location: `${elsewhere.baseUrl}/webhooks` }));
    const error = await call(createDixaWebhooks({ apiKey, baseUrl })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaResponseError);
    expect(error).toMatchObject({ status: 307, location: `${elsewhere.baseUrl}/webhooks`, attempts: 1 });
    expect(requests).toHaveLength(1);
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('to itself: the client goes there once and no more', async () => {
    const { baseUrl, requests } = await faultyServer(answer(301, '', { Location: '/webhooks' }));
    await expect(createDixaWebhooks({ apiKey, baseUrl }).list()).rejects.toMatchObject({ status: 301 });
    expect(requests).toHaveLength(1);
  });

  it('with credentials and with the key in its target: neither is in the error', async () => {
    const target = `https://user:hidden-password@example.com/?token=${apiKey}&next=%2F`;
    const { baseUrl } = await faultyServer(answer(302, `moved to ${target}`, { Location: target }));
    const error = await createDixaWebhooks({ apiKey, baseUrl })
      .list()
      .catch((error: unknown) => error);
    const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(shown).toContain('https://example.com/?token=[redacted]&next=%2F');
    expect(shown).not.toContain('hidden-password');
    expect(shown).not.toContain(apiKey);
  });
});
