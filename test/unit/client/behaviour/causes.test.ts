import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type DixaConnectionError, DixaError } from '../../../../src/client/index.js';
import { apiKey, fakeDixa } from '../../../support/fake-dixa.js';
import { everythingShownOf } from '../../../support/secrets.js';

/** The error of a call whose `fetch` rejects with this. */
async function errorFor(reason: unknown): Promise<DixaConnectionError> {
  const { dixa } = fakeDixa([() => Promise.reject(reason)], { maxRetries: 0 });
  return dixa.list().then(
    () => {
      throw new Error('The call was to fail.');
    },
    (error: DixaConnectionError) => error,
  );
}

const coded = (message: string, code: unknown) => Object.assign(new Error(message), { code });

describe('a cause', () => {
  it('keeps its name, message, code and stack, and its own cause', async () => {
    const reason = new TypeError('fetch failed', { cause: coded('getaddrinfo ENOTFOUND dev.dixa.io', 'ENOTFOUND') });
    const { cause } = (await errorFor(reason)) as { cause: Error };
    expect(cause).toMatchObject({ name: 'TypeError', message: 'fetch failed', stack: reason.stack });
    expect(cause.cause).toMatchObject({
      name: 'Error',
      code: 'ENOTFOUND',
      message: 'getaddrinfo ENOTFOUND dev.dixa.io',
    });
    expect(cause).not.toHaveProperty('code');
    expect(Object.keys(cause)).toEqual([]);
    expect(inspect(cause)).toContain("code: 'ENOTFOUND'");
  });

  it('keeps the errors of an aggregate', async () => {
    const reason = new AggregateError([
      coded('connect ::1', 'ECONNREFUSED'),
      coded('connect 127.0.0.1', 'ECONNREFUSED'),
    ]);
    const { cause, message } = await errorFor(reason);
    expect((cause as AggregateError).errors).toMatchObject([
      { message: 'connect ::1', code: 'ECONNREFUSED' },
      { message: 'connect 127.0.0.1' },
    ]);
    expect(message).toContain('ECONNREFUSED dev.dixa.io');
  });

  it('may be of another realm', async () => {
    const reason = runInNewContext('new RangeError("far away")');
    expect((await errorFor(reason)).cause).toMatchObject({ name: 'RangeError', message: 'far away' });
  });

  it('may be a string, and is omitted if it is neither', async () => {
    expect((await errorFor('offline')).cause).toBe('offline');
    for (const reason of [undefined, 7, {}, () => {}]) expect(await errorFor(reason)).not.toHaveProperty('cause');
  });

  it('contains no secret', async () => {
    const reason = Object.assign(new Error(`key ${apiKey}`, { cause: coded(apiKey, apiKey) }), {
      name: apiKey,
      code: apiKey,
      errors: [new Error(`${apiKey}!`), apiKey],
      stack: `Error: ${apiKey}\n    at ${apiKey}`,
      agent: { apiKey },
    });
    expect(everythingShownOf(await errorFor(reason))).not.toContain(apiKey);
  });

  it.each(['name', 'message', 'stack', 'code', 'cause', 'errors', 'digest'])(
    'whose getter %s throws is left out, and the error is ours all the same',
    async (name) => {
      const reason = Object.defineProperty(new Error('odd'), name, {
        get: () => {
          throw new Error('not so');
        },
      });
      expect(await errorFor(reason)).toMatchObject({ name: 'DixaConnectionError' });
    },
  );

  it('may be circular', async () => {
    const circle: Error & { errors?: unknown[] } = new Error('round');
    circle.cause = circle;
    circle.errors = [circle, circle];
    expect(await errorFor(circle)).toMatchObject({ name: 'DixaConnectionError', cause: { message: 'round' } });
  });
});

describe('the message of a connection error', () => {
  it.each([
    ['the code of the error', coded('x', 'ECONNRESET'), 'ECONNRESET dev.dixa.io'],
    ['the code of its cause', new Error('x', { cause: coded('y', 'UND_ERR_SOCKET') }), 'UND_ERR_SOCKET dev.dixa.io'],
    ['the host alone without a code', new Error('x'), '(dev.dixa.io)'],
    ['no code that is not a word', coded('x', 'a b'), '(dev.dixa.io)'],
    ['no code that is a secret', coded('x', apiKey), '(dev.dixa.io)'],
  ])('holds %s', async (_, reason, expected) => {
    expect((await errorFor(reason)).message).toContain(expected);
  });
});

it('the name of an error can be changed, as some loggers do', async () => {
  const error = await errorFor(new Error('x'));
  expect(Object.getOwnPropertyDescriptor(error, 'name')).toMatchObject({ writable: true, enumerable: false });
  (error as Error).name = 'Renamed';
  expect(`${error}`).toMatch(/^Renamed: /);
  expect(DixaError.is(error)).toBe(true);
});
