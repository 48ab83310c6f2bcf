import { describe, expect, it, vi } from 'vitest';
import {
  createDixaWebhooks,
  DixaConfigurationError,
  DixaInputError,
  type DixaWebhooksOptions,
} from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, fakeDixa } from '../../../support/fake-dixa.js';

const never = [Number.NaN, -1, Number.NEGATIVE_INFINITY, '5', true, [5], {}, 5n, null];
const badNumbers: Readonly<Record<string, readonly unknown[]>> = {
  timeoutMs: [...never, 0, Number.POSITIVE_INFINITY, 2 ** 31],
  totalTimeoutMs: [...never, 0],
  maxRetries: never,
  requestsPerSecond: [...never, 0, Number.POSITIVE_INFINITY],
  burst: [...never, 0, 0.5],
};

const goodNumbers: Readonly<Record<string, readonly unknown[]>> = {
  timeoutMs: [undefined, 1, 1.5, 2 ** 31 - 1],
  totalTimeoutMs: [undefined, 1, 1e12, Number.POSITIVE_INFINITY],
  maxRetries: [undefined, 0, 1, 100],
  requestsPerSecond: [undefined, 0.5, 1, 1_000],
  burst: [undefined, 1, 100],
};

function optionsWith(field: string, value: unknown): DixaWebhooksOptions {
  const isRate = field === 'requestsPerSecond' || field === 'burst';
  return { apiKey, ...(isRate ? { rateLimit: { [field]: value } } : { [field]: value }) } as DixaWebhooksOptions;
}

const table = (numbers: typeof badNumbers) =>
  Object.entries(numbers).flatMap(([field, values]) => values.map((value) => ({ field, value })));

/** Options of a client that are wrong, with what the message says. */
const badOptions: readonly (readonly [fault: string, options: unknown, message: string])[] = [
  ['null', null, 'options must be a plain object.'],
  ['the key alone', 'hidden', 'options must be a plain object.'],
  ['a promise', Promise.resolve({ apiKey }), 'options must be a plain object.'],
  ['a timeout', { timeout: 5 }, 'timeout cannot be set: use timeoutMs.'],
  ['an apikey', { apikey: 'hidden' }, 'apikey cannot be set: use apiKey.'],
  ['a baseURL', { baseURL: 'https://hidden.example' }, 'baseURL cannot be set: use baseUrl.'],
  ['retries', { retries: 5 }, 'retries cannot be set: use maxRetries.'],
  [
    'a token',
    { token: 'hidden' },
    'token cannot be set: pass only apiKey, apiVersion, baseUrl, fetch, headers, timeoutMs, totalTimeoutMs, maxRetries, rateLimit, logger, onRetry, dangerouslyAllowBrowser.',
  ],
  ['another version', { apiVersion: 'v2' }, 'apiVersion must be beta or v1.'],
  ['a path for a version', { apiVersion: '../../hidden' }, 'apiVersion must be beta or v1.'],
  ['versions', { apiVersion: ['beta'] }, 'apiVersion must be beta or v1.'],
  ['a baseUrl of null', { baseUrl: null }, 'baseUrl must be a string.'],
  ['a baseUrl that is a URL object', { baseUrl: new URL('https://hidden.example') }, 'baseUrl must be a string.'],
  ['a fetch that is a number', { fetch: 1 }, 'fetch must be a function.'],
  ['a fetch of null', { fetch: null }, 'fetch must be a function.'],
  ['headers of null', { headers: null }, 'headers must be a plain object.'],
  ['headers that are text', { headers: 'hidden' }, 'headers must be a plain object.'],
  [
    'a header that is undefined',
    { headers: { 'X-Trace': undefined } },
    'headers.X-Trace must be a string without line breaks.',
  ],
  [
    'a header that is a number',
    { headers: { 'X-Trace': 424242 } },
    'headers.X-Trace must be a string without line breaks.',
  ],
  ['a rate limit of null', { rateLimit: null }, 'rateLimit must be an object or false.'],
  ['a rate limit of true', { rateLimit: true }, 'rateLimit must be an object or false.'],
  [
    'a rate limit with an unknown property',
    { rateLimit: { perSecond: 5 } },
    'rateLimit.perSecond cannot be set: use requestsPerSecond.',
  ],
  ['a logger without methods', { logger: {} }, 'logger must have the methods debug and warn.'],
  ['a logger without warn', { logger: { debug: console.debug } }, 'logger must have the methods debug and warn.'],
  ['a logger of null', { logger: null }, 'logger must have the methods debug and warn.'],
  ['an onRetry that is text', { onRetry: 'hidden' }, 'onRetry must be a function.'],
  ['text for a switch', { dangerouslyAllowBrowser: 'true' }, 'dangerouslyAllowBrowser must be a boolean.'],
];

/** Options of a call that are wrong, with the field and what the message says about it. */
const badCallOptions: readonly (readonly [fault: string, options: unknown, field: string, rule: string])[] = [
  ['text', 'hidden', 'options', 'must be a plain object'],
  ['an index, as Array.map passes it', 0, 'options', 'must be a plain object'],
  ['a signal alone', new AbortController().signal, 'options', 'must be a plain object'],
  ['a timeout', { timeout: 5 }, 'timeout', 'cannot be set: use timeoutMs'],
  [
    'what only the client can have',
    { apiKey: 'hidden' },
    'apiKey',
    'cannot be set: pass only signal, timeoutMs, maxRetries, headers',
  ],
  ['a signal that is a number', { signal: 5 }, 'signal', 'must be an AbortSignal'],
  ['a controller for a signal', { signal: new AbortController() }, 'signal', 'must be an AbortSignal'],
  ['headers of null', { headers: null }, 'headers', 'must be a plain object'],
  [
    'a header that is a number',
    { headers: { 'X-Trace': 424242 } },
    'headers.X-Trace',
    'must be a string without line breaks',
  ],
];

describe('checked at run time', () => {
  it.each(table(badNumbers))('the option $field is refused: $value', ({ field, value }) => {
    const make = () => createDixaWebhooks(optionsWith(field, value));
    expect(make).toThrow(DixaConfigurationError);
    expect(make).toThrow(field);
  });

  it.each(table(goodNumbers))('the option $field is taken: $value', ({ field, value }) => {
    expect(() => createDixaWebhooks(optionsWith(field, value))).not.toThrow();
  });

  it.each(table({ timeoutMs: badNumbers.timeoutMs ?? [], maxRetries: badNumbers.maxRetries ?? [] }))(
    'the option $field of a call is refused: $value',
    async ({ field, value }) => {
      const { dixa, sent } = fakeDixa();
      const error = await dixa.list({ [field]: value } as object).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field });
      expect(sent).toHaveLength(0);
    },
  );

  describe.each(ways)('$name', ({ call }) => {
    it.each(['timeoutMs', 'maxRetries'])('refuses a bad %s', async (field) => {
      const { dixa, sent } = fakeDixa();
      await expect(call(dixa, { [field]: -1 })).rejects.toMatchObject({ name: 'DixaInputError', field });
      expect(sent).toHaveLength(0);
    });

    it.each([
      ['a character that no header can carry', { 'X-Trace': 'hidden🔑value' }],
      ['a space in a name', { 'X Trace': 'hidden-value' }],
      ['an empty name', { '': 'hidden-value' }],
    ])('refuses headers with %s, without quoting them', async (_, headers) => {
      const { dixa, sent } = fakeDixa();
      const error = await call(dixa, { headers }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field: 'headers' });
      expect((error as Error).stack).not.toMatch(/hidden/);
      expect(sent).toHaveLength(0);
      expect(() => createDixaWebhooks({ apiKey, headers })).toThrow(DixaConfigurationError);
    });
  });

  it.each(badOptions)('the options of a client are refused, without their values, if they are or have %s', (...all) => {
    const [, options, message] = all;
    vi.stubEnv('DIXA_API_KEY', apiKey);
    const make = () => createDixaWebhooks(options as never);
    expect(make).toThrow(DixaConfigurationError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(/hidden|424242/);
  });

  describe.each(ways.filter(({ isRaw }) => !isRaw))('$name', ({ call }) => {
    it.each(badCallOptions)('refuses wrong options before anything is sent: %s', async (...all) => {
      const [, options, field, rule] = all;
      const { dixa, sent } = fakeDixa();
      const error = await call(dixa, options as never).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(error).toMatchObject({ field, message: `${field} ${rule}.` });
      expect(sent).toHaveLength(0);
    });

    it('accepts undefined, null and undefined properties as no options', async () => {
      const { dixa, sent } = fakeDixa();
      const none = { signal: undefined, timeoutMs: undefined, maxRetries: undefined, headers: undefined };
      for (const options of [undefined, null, {}, none]) await call(dixa, options as never);
      expect(sent).toHaveLength(4);
    });

    it('accepts a signal that is not an instance of AbortSignal', async () => {
      const { dixa, sent } = fakeDixa();
      const { signal } = new AbortController();
      const polyfill = {
        aborted: false,
        addEventListener: signal.addEventListener.bind(signal),
        removeEventListener: signal.removeEventListener.bind(signal),
        throwIfAborted: () => {},
      };
      await call(dixa, { signal: polyfill as unknown as AbortSignal });
      expect(sent).toHaveLength(1);
    });
  });

  it('raw refuses an invalid signal, and accepts null as no options', async () => {
    const { dixa, sent } = fakeDixa();
    await expect(dixa.raw.GET('/webhooks', { signal: 5 as never })).rejects.toMatchObject({ field: 'signal' });
    expect(sent).toHaveLength(0);
    await dixa.raw.GET('/webhooks', null as never);
    expect(sent).toHaveLength(1);
  });
});
