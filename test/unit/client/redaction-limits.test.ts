import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, DixaBadRequestError, DixaError, tokenAuth } from '../../../src/client/index.js';
import { json } from '../../support/fake-dixa.js';

const apiKey = 'the-key-of-this-test';
const shown = (error: unknown) => inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });

describe('a secret too long for a pattern', () => {
  const long = 'T0KEN-%'.repeat(6_000);

  it.each([
    ['a token', { body: long, headers: {} }],
    ['a header', { body: 'short-token', headers: { 'X-Long': long } }],
  ])('is hidden all the same, and breaks no error: %s', async (_where, { body, headers }) => {
    const fetch = async () => json({ message: `bad: ${long} ${apiKey}` }, 400);
    const dixa = createDixaWebhooks({ apiKey, headers, fetch });
    const input = { name: 'n', url: 'https://example.com', events: [], authorization: tokenAuth(body) };
    const error = await dixa.create(input).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DixaBadRequestError);
    expect(shown(error)).not.toContain(apiKey);
    expect(shown(error)).not.toContain('T0KEN');
  });
});

it('a secret that begins with another is hidden whole', async () => {
  const dixa = createDixaWebhooks({
    apiKey,
    headers: { 'X-Short': 'secret', 'X-Longer': 'secret-and-more' },
    maxRetries: 0,
    fetch: async () => json({ message: 'got secret-and-more' }, 400),
  });
  await expect(dixa.list()).rejects.toThrow('"got [redacted]"');
});

it('a run of hex as long as a signing key may be is hidden without its field', async () => {
  const hex = 'ab'.repeat(24);
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => json({ message: `key ${hex} is wrong` }, 400) });
  await expect(dixa.list()).rejects.toThrow('"key [redacted] is wrong"');
});

it.each([
  ['entities', 'p&amp;ss&lt;w&gt;&quot;o&#x27;rd'],
  ['numeric entities', 'p&#38;ss&#60;w&#62;&#34;o&#39;rd'],
  ['escapes of JSON', 'p\\u0026ss\\u003cw\\u003e\\u0022o\\u0027rd'],
])('a password is hidden in a page of HTML that writes it with %s', async (_how, written) => {
  const page = `<html>502: ${written}</html>`;
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => new Response(page, { status: 502 }) });
  const authorization = { _type: 'BasicAuth', username: 'user', password: `p&ss<w>"o'rd` } as const;
  const error = await dixa.create({ name: 'n', url: 'https://example.com', events: [], authorization }).catch((e) => e);
  expect(error.body).toBe('<html>502: [redacted]</html>');
});

it('a header whose name echoes a secret is left out of the error', async () => {
  const headers = { [`x-${apiKey}`]: '1', 'x-kept': '2' };
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => new Response('', { status: 400, headers }) });
  const error = await dixa.list().catch((reason) => reason);
  expect(DixaError.is(error)).toBe(true);
  expect([...error.headers.keys()]).toEqual(['content-type', 'x-kept']);
});
