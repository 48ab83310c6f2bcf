import { describe, expect, it } from 'vitest';
import { createDixaWebhooks, type DixaApiError, DixaConfigurationError } from '../../../../src/client/index.js';
import { deleting, oneOfEach, ways } from '../../../support/every-call.js';
import { errorOf, pass, useFakeClock, watch } from '../../../support/fake-clock.js';
import { apiKey, fakeDixa, success } from '../../../support/fake-dixa.js';

const fail = () => {
  throw new TypeError('broken');
};

/** Substitutes that look like a Response. */
const substitute = (parts: object) =>
  ({ status: 400, headers: { get: () => null }, text: async () => '{}', ...parts }) as unknown as Response;

describe('headers of a substitute for a Response', () => {
  it.each([
    ['whose get throws', { get: fail }],
    ['that throw when they are iterated', { get: () => null, [Symbol.iterator]: fail }],
    ['that are no pairs', Object.assign([1, 2], { get: () => null })],
    ['with a name that no header may have', new Map([['bad name', 'x']])],
    ['without any', { get: () => null }],
  ])('%s change nothing', async (_, headers) => {
    for (const { call } of ways) {
      const { dixa, sent } = fakeDixa([() => substitute({ headers })]);
      expect(await call(dixa)).toBe(400);
      expect(sent).toHaveLength(1);
      expect(
        await call(
          fakeDixa([
            async (sent) => substitute({ status: 200, headers, text: async () => (await success(sent)).text() }),
          ]).dixa,
        ),
      ).toBe(200);
    }
  });

  it('include Retry-After and Location, even if only get() exists', async () => {
    useFakeClock();
    const headers = { get: (name: string) => ({ 'retry-after': 7, location: 'https://other.example' })[name] };
    const { dixa, sent } = fakeDixa([
      () => substitute({ status: 503, headers }),
      () => substitute({ status: 302, headers }),
    ]);
    expect(await errorOf(dixa.list())).toMatchObject({ status: 302, location: 'https://other.example' });
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(7_000);
  });

  it('hide Set-Cookie in any case', async () => {
    useFakeClock();
    const headers = new Map([
      ['Set-Cookie', 'session=1'],
      ['X-Request-Id', '7'],
    ]);
    const error = (await errorOf(fakeDixa([() => substitute({ headers })]).dixa.list())) as DixaApiError;
    expect([...error.headers]).toEqual([['x-request-id', '7']]);
  });
});

it('an error omits a header that contains the key, however it is escaped', async () => {
  useFakeClock();
  const headers = { 'X-Echo': `a%0ab ${apiKey}`, 'X-Euro': `%E2%82%AC ${apiKey}`, 'X-Other': 'a%0ab' };
  const error = await errorOf(fakeDixa([() => new Response('{}', { status: 400, headers })]).dixa.list());
  expect(error).toMatchObject({ name: 'DixaBadRequestError' });
  expect([...(error as DixaApiError).headers].filter(([name]) => name.startsWith('x-'))).toEqual([
    ['x-other', 'a%0ab'],
  ]);
});

it.each(oneOfEach)('a response whose status is not a number is refused: $name', async ({ call }) => {
  const { dixa } = fakeDixa([() => substitute({ status: Number.NaN })]);
  await expect(call(dixa)).rejects.toBeInstanceOf(DixaConfigurationError);
});

describe.each(deleting)('the body of a success of $name', ({ call }) => {
  it.each([
    ['returns nothing', () => {}],
    ['throws', fail],
    ['rejects', async () => fail()],
  ])('may have a cancel that %s', async (_, cancel) => {
    const { dixa, sent } = fakeDixa([() => substitute({ status: 200, body: { cancel } })]);
    expect(await call(dixa)).toBe(200);
    expect(sent).toHaveLength(1);
  });

  it('is not parsed, even if its length is known', async () => {
    const { dixa } = fakeDixa([() => new Response('<html>', { headers: { 'Content-Length': '6' } })]);
    expect(await call(dixa)).toBe(200);
  });
});

it('a fetch that throws undefined differs from one that resolves with it', async () => {
  const fetch = () => {
    throw undefined;
  };
  await expect(createDixaWebhooks({ apiKey, fetch }).list()).rejects.toThrow(/threw an error instead of returning/);
});

it('a stream is cancelled at its next chunk if the call no longer needs it', async () => {
  useFakeClock();
  let isCancelled = false;
  let more: () => void = () => {};
  const body = new ReadableStream({
    start(controller) {
      more = () => controller.enqueue(new Uint8Array(1));
    },
    cancel() {
      isCancelled = true;
    },
  });
  const { dixa } = fakeDixa([() => new Response(body)], { maxRetries: 0, timeoutMs: 50 });
  const ended = watch(dixa.list());
  await pass(50);
  expect(ended.ended).toMatchObject({ error: { name: 'DixaTimeoutError' } });
  more();
  await pass(0);
  expect(isCancelled).toBe(true);
});
