import { describe, expect, it, vi } from 'vitest';
import { createDixaWebhooks, DixaConfigurationError, type DixaWebhooksOptions } from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import { apiKey, fakeDixa } from '../../../support/fake-dixa.js';

function refusal(options?: DixaWebhooksOptions): string {
  try {
    createDixaWebhooks(options);
  } catch (error) {
    expect(error).toBeInstanceOf(DixaConfigurationError);
    return (error as Error).message;
  }
  throw new Error('The key was taken.');
}

describe('api key', () => {
  it.each(ways)('travels raw, without Bearer, with $name', async ({ call }) => {
    const { dixa, sent } = fakeDixa();
    await call(dixa);
    expect(sent[0]?.headers.get('authorization')).toBe(apiKey);
  });

  it('may contain every visible ASCII character', async () => {
    const key = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index));
    const { dixa, sent } = fakeDixa([], { apiKey: key });
    await dixa.list();
    expect(sent[0]?.headers.get('authorization')).toBe(key);
  });

  it.each([
    ['a leading space', ' hidden', /visible ASCII, without spaces or line breaks/],
    ['a trailing space', 'hidden ', /visible ASCII, without spaces or line breaks/],
    ['a trailing line break', 'hidden\n', /visible ASCII, without spaces or line breaks/],
    ['the word Bearer', 'Bearer hidden', /begins with "Bearer": pass only the token/],
    ['the word bearer', 'bearer  hidden', /begins with "Bearer": pass only the token/],
    ['quotation marks', '"hidden"', /is in quotation marks: pass only the token/],
    ['one quotation mark', "'hidden", /is in quotation marks: pass only the token/],
    ['a tab', 'hid\tden', /visible ASCII, without spaces or line breaks/],
    ['a NUL', 'hidden\0', /visible ASCII, without spaces or line breaks/],
    ['DEL', 'hidden\x7f', /visible ASCII, without spaces or line breaks/],
    ['a letter beyond ASCII', 'hiddené', /visible ASCII, without spaces or line breaks/],
    ['an emoji', 'hidden🔑', /visible ASCII, without spaces or line breaks/],
    ['nothing', '', /empty/],
    ['null', null, /apiKey/],
    ['a number', 424242, /apiKey/],
    ['an object', { hidden: 'hidden' }, /apiKey/],
  ])('is refused with the rule, and without quoting it, if it is or contains %s', (_, key, rule) => {
    vi.stubEnv('DIXA_API_KEY', apiKey);
    const message = refusal({ apiKey: key as string });
    expect(message).toMatch(/apiKey/);
    expect(message).toMatch(rule);
    expect(message).not.toMatch(/hidden|424242/);
  });

  it.each([undefined, {}, { apiKey: undefined }])(
    'is read from DIXA_API_KEY where it is absent: %j',
    async (options) => {
      vi.stubEnv('DIXA_API_KEY', 'key-of-the-environment');
      let authorization: string | null = null;
      vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
        authorization = new Headers(headers).get('authorization');
        return new Response('{}');
      });
      await createDixaWebhooks(options).list();
      expect(authorization).toBe('key-of-the-environment');
    },
  );

  it('is the option if the environment variable is set too', async () => {
    vi.stubEnv('DIXA_API_KEY', 'key-of-the-environment');
    const { dixa, sent } = fakeDixa();
    await dixa.list();
    expect(sent[0]?.headers.get('authorization')).toBe(apiKey);
  });

  it.each([
    ['absent', undefined, /apiKey is missing.*DIXA_API_KEY/],
    ['empty', '', /empty/],
    ['with a line break', 'hidden\n', /visible ASCII, without spaces or line breaks/],
  ])('is refused if the environment variable is %s', (_, value, rule) => {
    vi.stubEnv('DIXA_API_KEY', value);
    const message = refusal();
    expect(message).toMatch(rule);
    expect(message).not.toContain('hidden');
  });

  it.each([
    ['there is no process', undefined],
    ['there is no environment', {}],
    [
      'the environment may not be read',
      {
        get env() {
          throw new Error('Requires env access');
        },
      },
    ],
  ])('is missing, which is said, where %s', (_, process) => {
    vi.stubGlobal('process', process);
    let message: string;
    try {
      message = refusal();
    } finally {
      vi.unstubAllGlobals();
    }
    expect(message).toMatch(/apiKey is missing/);
  });

  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])('is not replaced by a header %s', async (name) => {
    const headers = { [name]: 'Bearer hidden-value' };
    const message = refusal({ apiKey, headers });
    expect(message).toMatch(/headers.*Authorization.*apiKey/);
    expect(message).not.toContain('hidden-value');
  });

  it.each(ways)('is not replaced by a header of one call: $name', async ({ call }) => {
    const { dixa, sent } = fakeDixa();
    const error = await call(dixa, { headers: { authorization: 'hidden-value' } }).catch((error: Error) => error);
    expect(error).toMatchObject({ name: 'DixaInputError', field: 'headers' });
    expect(`${error}`).not.toContain('hidden-value');
    expect(sent).toHaveLength(0);
  });
});
