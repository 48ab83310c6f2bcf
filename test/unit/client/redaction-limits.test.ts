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

describe('secrets that are made to break a search', () => {
  it.each([
    [
      'thirty headers of what HTML escapes',
      Array.from({ length: 30 }, (_, n) => `<>&"'`.repeat(60) + n),
      'bad request',
    ],
    ['many that are almost the text', Array.from({ length: 20 }, (_, n) => '<'.repeat(900) + n), '<'.repeat(50_000)],
    ['a period that ends elsewhere', [`${'a'.repeat(500)}b${'a'.repeat(500)}`], 'a'.repeat(50_000)],
  ])('take no time and throw nothing of their own: %s', async (_what, values, text) => {
    const headers = Object.fromEntries(values.map((value, index) => [`X-${index}`, value]));
    const fetch = async () => json({ message: `${text} ${values[0]} ${apiKey}` }, 400);
    const error = await createDixaWebhooks({ apiKey, headers, fetch })
      .list()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DixaBadRequestError);
    for (const value of [...values, apiKey]) expect(shown(error)).not.toContain(value);
  });
});

it('the user and the password in an address are hidden, in a reply and in the url of a subscription', async () => {
  const url = 'https://shop:opensesame@hooks.example.com/dixa';
  const message = `cannot reach ${url} with opensesame; see ftp://a:b@example.com`;
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => json({ message }, 400) });
  const error = await dixa.create({ name: 'n', url, events: [] }).catch((reason: unknown) => reason);
  expect(shown(error)).toContain(
    'reach https://[redacted]@hooks.example.com/dixa with [redacted]; see ftp://[redacted]@',
  );
  expect(shown(error)).not.toContain('opensesame');
});

it('what is escaped more often than anybody needs is withheld', async () => {
  const text = Array.from({ length: 9 }).reduce<string>((inner) => encodeURIComponent(inner), `%${apiKey}`);
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => json({ message: text }, 400) });
  await expect(dixa.list()).rejects.toThrow('"[redacted]"');
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

it('a header whose name is that of a secret field is left out', async () => {
  const headers = { authorization: 'quiet', password: 'quiet', 'x-kept': 'loud' };
  const dixa = createDixaWebhooks({ apiKey, fetch: async () => new Response('', { status: 400, headers }) });
  const error = await dixa.list().catch((reason) => reason);
  expect(Object.fromEntries(error.headers)).toEqual({ 'content-type': expect.any(String), 'x-kept': 'loud' });
});
