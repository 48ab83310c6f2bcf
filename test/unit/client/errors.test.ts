import { afterEach, describe, expect, it, vi } from 'vitest';
import * as api from '../../../src/client/index.js';
import { apiKey, failure, fakeDixa, lost, silence, subscriptionId } from '../../support/fake-dixa.js';

const { DixaError } = api;
const exported: Readonly<Record<string, unknown>> = { ...api };

/** Each status and its class: stable, for people branch on it. */
const classes = [
  [400, 'DixaBadRequestError', 'DIXA_BAD_REQUEST'],
  [401, 'DixaAuthenticationError', 'DIXA_AUTHENTICATION'],
  [403, 'DixaPermissionError', 'DIXA_PERMISSION'],
  [404, 'DixaNotFoundError', 'DIXA_NOT_FOUND'],
  [429, 'DixaRateLimitError', 'DIXA_RATE_LIMIT'],
  [500, 'DixaServerError', 'DIXA_SERVER'],
  [501, 'DixaServerError', 'DIXA_SERVER'],
  [503, 'DixaServerError', 'DIXA_SERVER'],
  [599, 'DixaServerError', 'DIXA_SERVER'],
  [304, 'DixaApiError', 'DIXA_API'],
  [402, 'DixaApiError', 'DIXA_API'],
  [408, 'DixaApiError', 'DIXA_API'],
  [409, 'DixaApiError', 'DIXA_API'],
  [418, 'DixaApiError', 'DIXA_API'],
  [422, 'DixaApiError', 'DIXA_API'],
] as const;

async function statusError(status: number): Promise<api.DixaApiError> {
  const answer = status === 304 ? () => new Response(null, { status }) : failure(status);
  const { dixa } = fakeDixa([answer], { maxRetries: 0 });
  return dixa.get(subscriptionId).then(
    () => {
      throw new Error('The call was to fail.');
    },
    (error: api.DixaApiError) => error,
  );
}

function thrown(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    return error;
  }
  throw new Error('It was to throw.');
}

/** One error of each of the classes that are about no status. */
const others: readonly (readonly [name: keyof typeof api, code: string, make: () => unknown])[] = [
  ['DixaConfigurationError', 'DIXA_CONFIGURATION', () => thrown(() => api.createDixaWebhooks({ apiKey: '' }))],
  ['DixaInputError', 'DIXA_INPUT', () => thrown(() => api.allOf())],
  ['DixaConnectionError', 'DIXA_CONNECTION', () => rejection([lost])],
  ['DixaTimeoutError', 'DIXA_TIMEOUT', () => rejection([silence])],
  ['DixaResponseError', 'DIXA_RESPONSE', () => rejection([() => new Response('no JSON')])],
];

const rejection = (answers: Parameters<typeof fakeDixa>[0]) =>
  fakeDixa(answers, { maxRetries: 0, timeoutMs: 1 })
    .dixa.list()
    .catch((error: unknown) => error);

afterEach(() => {
  vi.resetModules();
});

describe('the class of an HTTP error', () => {
  it.each(classes)('of %i is %s with the code %s', async (status, name, code) => {
    const error = await statusError(status);
    expect(error.constructor).toBe(exported[name]);
    expect(error).toBeInstanceOf(api.DixaApiError);
    expect(error).toBeInstanceOf(DixaError);
    expect(error).toMatchObject({
      name,
      code,
      status,
      operationId: 'getWebhookSubscription',
      method: 'GET',
      attempts: 1,
    });
    expect(error.url).toBe(`https://dev.dixa.io/beta/webhooks/${subscriptionId}`);
    expect(error.headers).toBeInstanceOf(Headers);
    expect(error.stack).toContain(name);
    expect(error.message).toContain(`${status}`);
  });
});

describe('the other errors', () => {
  it.each(others)('%s has the code %s', async (name, code, make) => {
    const error = await make();
    expect((error as Error).constructor).toBe(exported[name]);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(DixaError);
    expect(error).toMatchObject({ name, code });
    expect((error as Error).stack).toContain(name);
    expect(`${error}`).toMatch(new RegExp(`^${name}: .`));
  });

  it('show their code in JSON and in a copy', async () => {
    const error = await statusError(404);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'DIXA_NOT_FOUND', status: 404 });
    expect({ ...error }).toMatchObject({ code: 'DIXA_NOT_FOUND' });
  });
});

describe('DixaError.is', () => {
  it('recognises an error by its class and superclasses only', async () => {
    const error = await statusError(404);
    expect(DixaError.is(error)).toBe(true);
    expect(api.DixaApiError.is(error)).toBe(true);
    expect(api.DixaNotFoundError.is(error)).toBe(true);
    expect(api.DixaServerError.is(error)).toBe(false);
    expect(api.DixaInputError.is(error)).toBe(false);
    expect(api.DixaNotFoundError.is(await statusError(400))).toBe(false);
  });

  it.each([
    undefined,
    null,
    0,
    '',
    'DixaError',
    {},
    [],
    Object.create(null),
    new Error('plain'),
    Object.assign(new Error('named'), { name: 'DixaError', code: 'DIXA_ERROR' }),
    () => {},
    Symbol('DixaError'),
  ])('takes nothing else for one: %o', (value) => {
    expect(DixaError.is(value)).toBe(false);
    expect(api.DixaNotFoundError.is(value)).toBe(false);
  });

  it('recognises errors of another copy of the package, unlike instanceof', async () => {
    vi.resetModules();
    const other = await import('../../../src/client/index.js');
    expect(other.DixaError).not.toBe(DixaError);
    const fetch = async () => Response.json({ message: 'no' }, { status: 404 });
    const error = await other
      .createDixaWebhooks({ apiKey, fetch })
      .get(subscriptionId)
      .catch((error: unknown) => error);
    expect(error).not.toBeInstanceOf(DixaError);
    expect(DixaError.is(error)).toBe(true);
    expect(api.DixaApiError.is(error)).toBe(true);
    expect(api.DixaNotFoundError.is(error)).toBe(true);
    expect(api.DixaRateLimitError.is(error)).toBe(false);
  });
});
