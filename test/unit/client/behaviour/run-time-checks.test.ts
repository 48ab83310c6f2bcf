import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  basicAuth,
  type CreateWebhookSubscription,
  createDixaWebhooks,
  DixaConfigurationError,
  DixaInputError,
  type DixaWebhooks,
  type DixaWebhooksOptions,
  isNotOneOf,
  isOneOf,
} from '../../../../src/client/index.js';
import { ways } from '../../../support/every-call.js';
import {
  apiKey,
  failure,
  fakeDixa,
  newSubscription,
  rawSubscription,
  subscriptionId,
} from '../../../support/fake-dixa.js';

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

const basic = (username: string) => ({ authorization: { _type: 'BasicAuth', username, password: 'hidden' } });
const filter = (conditions: unknown) => ({
  filters: { Conversation: { _type: 'CombinedFilters', strategy: 'All', conditions } },
});
const condition = (values: unknown) => ({ _type: 'IsOneOf', field: 'QueueId', values });

const badBodies: readonly (readonly [string, RegExp, object])[] = [
  ['a user name with a colon', /username/, basic('a:hidden')],
  ['no conditions', /conditions/, filter([])],
  ['a condition without values', /values/, filter([condition([])])],
  ['a later condition without values', /values/, filter([condition(['a']), condition([])])],
  ['an empty filter of another entity', /conditions/, { filters: { Other: { conditions: [] } } }],
];

const senders: readonly (readonly [string, (dixa: DixaWebhooks, body: object) => Promise<unknown>])[] = [
  ['create', (dixa, body) => dixa.create({ ...newSubscription, ...body })],
  ['update', (dixa, body) => dixa.update(subscriptionId, body)],
  ['raw.POST', ({ raw }, body) => raw.POST('/webhooks', { body: { ...rawSubscription, ...body } })],
  [
    'raw.PATCH',
    ({ raw }, body) =>
      raw.PATCH('/webhooks/{webhookSubscriptionId}', {
        params: { path: { webhookSubscriptionId: subscriptionId } },
        body,
      }),
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
      ['a line break in a value', { 'X-Trace': 'hidden\nvalue' }],
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

  describe.each(senders)('%s', (_, send) => {
    it.each(badBodies)('refuses a body with %s before anything is sent', async (_name, field, body) => {
      const { dixa, sent } = fakeDixa();
      const error = await send(dixa, body).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect(`${error}`).toMatch(field);
      expect(`${error}`).not.toContain('hidden');
      expect(sent).toHaveLength(0);
    });

    it('leaves all else to the types and to a 400 of Dixa', async () => {
      const odd = {
        url: 7,
        events: ['Nonsense'],
        filters: { Conversation: 3 },
        authorization: 'x',
        enabled: 'perhaps',
      };
      const { dixa, sent } = fakeDixa();
      await send(dixa, odd);
      expect(JSON.parse(String(sent[0]?.body))).toMatchObject(odd);
      const refusing = fakeDixa([failure(400)]);
      await send(refusing.dixa, odd).catch(() => {});
      expect(refusing.sent).toHaveLength(1);
    });
  });

  it('basicAuth refuses a user name with a colon, without quoting it', () => {
    expect(() => basicAuth('hidden:name', 'secret')).toThrow(DixaInputError);
    expect(() => basicAuth('hidden:name', 'secret')).toThrow(/username/);
    expect(() => basicAuth('hidden:name', 'secret')).not.toThrow(/hidden|secret/);
    expect(basicAuth('', 'a:b')).toEqual({ _type: 'BasicAuth', username: '', password: 'a:b' });
  });

  it.each([
    ['allOf', allOf, /conditions/],
    ['anyOf', anyOf, /conditions/],
    ['isOneOf', () => isOneOf('QueueId', []), /values/],
    ['isNotOneOf', () => isNotOneOf('QueueId', []), /values/],
  ])('%s refuses to be empty', (_, make, field) => {
    expect(() => (make as () => unknown)()).toThrow(DixaInputError);
    expect(() => (make as () => unknown)()).toThrow(field);
  });

  it('what is absent in a body of create is nothing but the two defaults', async () => {
    const { dixa, sent } = fakeDixa();
    const body: CreateWebhookSubscription = { name: 'a', url: 'https://example.com', events: ['ConversationCreated'] };
    await dixa.create({ ...body, enabled: undefined, filters: undefined });
    expect(JSON.parse(String(sent[0]?.body))).toEqual({
      ...body,
      authorization: { _type: 'NoAuth' },
      customHeaders: {},
    });
  });
});
