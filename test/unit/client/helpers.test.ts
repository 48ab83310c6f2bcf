import { describe, expect, it } from 'vitest';
import { allOf, anyOf, basicAuth, isNotOneOf, isOneOf, noAuth, tokenAuth } from '../../../src/client/index.js';
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
