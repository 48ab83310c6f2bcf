import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { wasNotSent } from '../../../src/client/not-sent.js';

const coded = (code: string, syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });
const aggregate = (...errors: readonly unknown[]) =>
  Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED', syscall: 'connect' });

const refused = coded('ECONNREFUSED', 'connect');
const reset = coded('ECONNRESET', 'read');

it.each([
  ['a failure after which the request may have been sent', aggregate(refused, reset)],
  ['nothing', aggregate()],
  ['something that is no error', aggregate(refused, undefined)],
  ['a mixed aggregate', aggregate(refused, aggregate(reset, refused))],
])('an aggregate with %s in it does not count, whatever its own code', (_, error) => {
  expect(wasNotSent(error)).toBe(false);
  expect(wasNotSent(fetchFailed(error))).toBe(false);
});

it('a failure to connect is found below other errors, and in each member of an aggregate', () => {
  const outer = Object.assign(new Error('gave up', { cause: fetchFailed(refused) }), { code: 'ERR_NETWORK' });
  expect(wasNotSent(outer)).toBe(true);
  expect(wasNotSent(aggregate(outer, aggregate(refused)))).toBe(true);
});

it('a failure to connect is recognised in errors of another realm', () => {
  const error = runInNewContext("new AggregateError([Object.assign(new Error('no'), { code: 'ENOTFOUND' })])");
  expect(error).not.toBeInstanceOf(Error);
  expect(wasNotSent(fetchFailed(error))).toBe(true);
});

it('a failure to connect is not looked for without a limit', () => {
  let error: Error = refused;
  for (let depth = 0; depth < 100; depth += 1) error = new Error('outer', { cause: error });
  expect(wasNotSent(error)).toBe(false);
});

it('errors that form a circle do not count', () => {
  const error = new Error('circle');
  error.cause = new Error('back', { cause: error });
  const errors: unknown[] = [refused];
  errors.push({ errors }, { errors });
  expect([wasNotSent(error), wasNotSent({ errors })]).toEqual([false, false]);
});

const hostile = () => {
  throw new Error('hostile');
};

it.each([
  ...['code', 'syscall', 'message', 'errors', 'cause'].map((key): [string, unknown] => [
    `a getter of ${key} that throws`,
    Object.defineProperty(coded('ECONNREFUSED', 'connect'), key, { get: hostile }),
  ]),
  ['a proxy that throws', new Proxy(refused, { get: hostile })],
  ['a list behind a proxy that throws', { errors: new Proxy([refused], { get: hostile }) }],
  ['a message that has no text', { message: Object.create(null) }],
  ['a code that is a symbol', { code: Symbol('ECONNREFUSED') }],
  ['undefined', undefined],
  ['null', null],
  ['a text', 'connect ECONNREFUSED'],
])('%s does not count, and nothing is thrown', (_, error) => expect(wasNotSent(error)).toBe(false));
