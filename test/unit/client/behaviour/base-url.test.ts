import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaConfigurationError, type DixaWebhooksOptions } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, fakeDixa } from '../../../support/fake-dixa.js';

async function addressOf(options: DixaWebhooksOptions): Promise<string | undefined> {
  const { dixa, sent } = fakeDixa([], options);
  await dixa.list();
  return sent[0]?.url;
}

describe('baseUrl', () => {
  it.each([
    [{}, 'https://dev.dixa.io/beta/webhooks'],
    [{ apiVersion: 'beta' }, 'https://dev.dixa.io/beta/webhooks'],
    [{ apiVersion: 'v1' }, 'https://dev.dixa.io/v1/webhooks'],
  ] as const)('is the address of Dixa with the version where it is absent: %j', async (options, url) => {
    expect(await addressOf(options)).toBe(url);
  });

  it.each([
    ['https://example.com', 'https://example.com/webhooks'],
    ['https://example.com/', 'https://example.com/webhooks'],
    ['https://example.com/dixa', 'https://example.com/dixa/webhooks'],
    ['https://example.com/dixa/', 'https://example.com/dixa/webhooks'],
    ['https://example.com:8443/dixa/v1', 'https://example.com:8443/dixa/v1/webhooks'],
    ['HTTPS://EXAMPLE.com/Dixa', 'https://example.com/Dixa/webhooks'],
    ['https://example.com/dixa?', 'https://example.com/dixa/webhooks'],
    ['https://example.com/dixa#', 'https://example.com/dixa/webhooks'],
    ['https://example.com/dixa/?#', 'https://example.com/dixa/webhooks'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/webhooks'],
    ['http://127.8.9.1', 'http://127.8.9.1/webhooks'],
    ['http://localhost:4010/', 'http://localhost:4010/webhooks'],
    ['http://mock.localhost', 'http://mock.localhost/webhooks'],
    ['http://[::1]:4010', 'http://[::1]:4010/webhooks'],
  ])('replaces the whole address and loses its trailing slash: %s', async (baseUrl, url) => {
    expect(await addressOf({ baseUrl })).toBe(url);
  });

  it.each(ways)('is used by $name', async ({ call }) => {
    const { dixa, sent } = fakeDixa([], { baseUrl: 'https://example.com/dixa/' });
    await call(dixa);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toMatch(/^https:\/\/example\.com\/dixa\/webhooks(\/|$)/);
  });

  it.each([
    ['not a URL', 'dev.dixa.io/beta'],
    ['an empty string', ''],
    ['a path', '/beta'],
    ['a user name', 'https://hidden-user@example.com'],
    ['a password', 'https://hidden-user:hidden-password@example.com'],
    ['http: off loopback', 'http://example.com'],
    ['http: to a name that begins like loopback', 'http://127.0.0.1.example.com'],
    ['http: to a name that begins with localhost', 'http://localhost.example.com'],
    ['http: to every address', 'http://0.0.0.0:4010'],
    ['another scheme', 'ftp://localhost'],
    ['a file', 'file:///etc/hosts'],
    ['a query', 'https://example.com/?hidden-query=1'],
    ['a fragment', 'https://example.com/#hidden-fragment'],
  ])('is refused where it is %s, and the value is not quoted', (_, baseUrl) => {
    const error = configurationError({ baseUrl });
    expect(error.message).toContain('baseUrl');
    expect(error.message).not.toMatch(/hidden/);
  });

  it('is refused in combination with apiVersion', () => {
    expect(configurationError({ baseUrl: 'https://example.com', apiVersion: 'beta' }).message).toMatch(
      /apiVersion.*baseUrl/,
    );
  });
});

function configurationError(options: DixaWebhooksOptions): DixaConfigurationError {
  try {
    createDixaWebhooks({ apiKey, ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(DixaConfigurationError);
    return error as DixaConfigurationError;
  }
  throw new Error('The options were taken.');
}
