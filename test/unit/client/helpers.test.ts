import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  basicAuth,
  DixaInputError,
  isNotOneOf,
  isOneOf,
  noAuth,
  tokenAuth,
} from '../../../src/client/index.js';
import { fakeDixa, newSubscription } from '../../support/fake-dixa.js';

describe('the helpers of authorization', () => {
  it('make what the wire wants', () => {
    expect(basicAuth('webhook_user', 'webhook_password')).toEqual({
      _type: 'BasicAuth',
      username: 'webhook_user',
      password: 'webhook_password',
    });
    expect(tokenAuth('abc')).toEqual({ _type: 'TokenAuth', value: 'abc' });
    expect(noAuth()).toEqual({ _type: 'NoAuth' });
  });

  it('make a new object each time', () => {
    expect(noAuth()).not.toBe(noAuth());
  });
});

describe('the helpers of filters', () => {
  const email = isOneOf('InitialChannel', ['email']);
  const elsewhere = isNotOneOf('QueueId', ['a', 'b']);

  it('make what the wire wants', () => {
    expect(email).toEqual({ _type: 'IsOneOf', field: 'InitialChannel', values: ['email'] });
    expect(elsewhere).toEqual({ _type: 'IsNotOneOf', field: 'QueueId', values: ['a', 'b'] });
    expect(allOf(email, elsewhere)).toEqual({
      _type: 'CombinedFilters',
      strategy: 'All',
      conditions: [email, elsewhere],
    });
    expect(anyOf(email)).toEqual({ _type: 'CombinedFilters', strategy: 'Any', conditions: [email] });
  });

  it('are sent as they are', async () => {
    const { dixa, sent } = fakeDixa();
    const filters = { Conversation: anyOf(email, elsewhere) };
    await dixa.create({ ...newSubscription, filters, authorization: tokenAuth('abc') });
    expect(JSON.parse(String(sent[0]?.body))).toMatchObject({ filters, authorization: tokenAuth('abc') });
  });
});

/** The helpers as JavaScript may call them. */
const careless = { allOf, anyOf, basicAuth, isNotOneOf, isOneOf, tokenAuth } as unknown as Readonly<
  Record<string, (...all: readonly unknown[]) => unknown>
>;
const condition = isOneOf('QueueId', ['hidden']);

describe('a helper', () => {
  it.each([
    ['basicAuth', [], 'username', 'must be a string without ":"'],
    ['basicAuth', ['hidden:name', 'hidden'], 'username', 'must be a string without ":"'],
    ['basicAuth', ['hidden'], 'password', 'must be a string'],
    ['basicAuth', ['hidden', 5], 'password', 'must be a string'],
    ['tokenAuth', [], 'value', 'must be a string'],
    ['tokenAuth', [{ value: 'hidden' }], 'value', 'must be a string'],
    ['allOf', [], 'conditions', 'must not be empty'],
    ['anyOf', [], 'conditions', 'must not be empty'],
    ['allOf', [[condition]], 'conditions[0]', 'must be a plain object'],
    ['anyOf', [condition, undefined], 'conditions[1]', 'must be a plain object'],
    ['allOf', [allOf(condition)], 'conditions[0]._type', 'must be IsOneOf or IsNotOneOf'],
    ['isOneOf', [], 'field', 'must be a string'],
    ['isOneOf', ['QueueId'], 'values', 'must be an array'],
    ['isOneOf', ['QueueId', 'hidden'], 'values', 'must be an array'],
    ['isOneOf', ['QueueId', []], 'values', 'must not be empty'],
    ['isNotOneOf', ['QueueId', []], 'values', 'must not be empty'],
    ['isNotOneOf', ['QueueId', ['hidden', 5]], 'values[1]', 'must be a string'],
  ])('%s(...%j) names the argument that is wrong, and quotes no value', (name, all, field, rule) => {
    const call = () => careless[name]?.(...all);
    expect(call).toThrow(DixaInputError);
    expect(call).toThrow(expect.objectContaining({ field, message: `${field} ${rule}.` }));
  });

  it('takes what only Dixa can judge', () => {
    expect(basicAuth('', 'a:b')).toEqual({ _type: 'BasicAuth', username: '', password: 'a:b' });
    expect(tokenAuth('')).toEqual({ _type: 'TokenAuth', value: '' });
    expect(isOneOf('QueueId', [''])).toEqual({ _type: 'IsOneOf', field: 'QueueId', values: [''] });
  });
});
