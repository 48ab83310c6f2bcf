import { describe, expect, it } from 'vitest';
import { DixaInputError, type DixaWebhooks, webhookEventTypes } from '../../../../src/client/index.js';
import { fakeDixa, rawSubscription, subscription, subscriptionId } from '../../../support/fake-dixa.js';

const path = { webhookSubscriptionId: subscriptionId };

/** How a body can be sent. */
const senders: Readonly<Record<string, (dixa: DixaWebhooks, body: never) => Promise<unknown>>> = {
  create: (dixa, body) => dixa.create(body),
  update: (dixa, body) => dixa.update(subscriptionId, body),
  'raw.POST': ({ raw }, body) => raw.POST('/webhooks', { body }),
  'raw.PATCH': ({ raw }, body) => raw.PATCH('/webhooks/{webhookSubscriptionId}', { params: { path }, body }),
};

async function refusalOf(sender: string, body: unknown): Promise<DixaInputError> {
  const { dixa, sent } = fakeDixa();
  const error = await senders[sender]?.(dixa, body as never).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DixaInputError);
  expect(sent).toHaveLength(0);
  return error as DixaInputError;
}

async function sentBy(sender: string, body: unknown): Promise<unknown> {
  const { dixa, sent } = fakeDixa();
  await senders[sender]?.(dixa, body as never);
  return JSON.parse(String(sent[0]?.body));
}

const condition = { _type: 'IsOneOf', field: 'QueueId', values: ['hidden'] };
const filter = { _type: 'CombinedFilters', strategy: 'All', conditions: [condition] };
const withFilter = (changes: object) => ({ filters: { Conversation: { ...filter, ...changes } } });
const withCondition = (changes: object) => withFilter({ conditions: [condition, { ...condition, ...changes }] });
const withAuthorization = (authorization: unknown) => ({ authorization });
// biome-ignore lint/suspicious/noSparseArray: a hole is what is tested.
const sparse = ['ConversationRated', , 'ConversationRated'];
const circular: Record<string, unknown> = {};
circular.Conversation = circular;

const known = 'name, events, url, authorization, customHeaders, enabled, filters';
const inCondition = 'filters.Conversation.conditions[1]';

/** What is wrong, in which field, and what the message says about it. */
const faults: readonly (readonly [fault: string, body: object, field: string, rule: string])[] = [
  ['a name that is a number', { name: 5 }, 'name', 'must be a string'],
  ['a URL without a scheme', { url: 'hooks.example.com' }, 'url', 'must be an absolute https: or http: URL'],
  ['a URL of another scheme', { url: 'ftp://hooks.example.com' }, 'url', 'must be an absolute https: or http: URL'],
  ['a URL object', { url: new URL('https://hooks.example.com') }, 'url', 'must be an absolute https: or http: URL'],
  ['events that are a string', { events: 'ConversationRated' }, 'events', 'must be an array'],
  ['events in a Set', { events: new Set(['ConversationRated']) }, 'events', 'must be an array'],
  ['an event that is a number', { events: ['ConversationRated', 5] }, 'events[1]', 'must be letters and digits'],
  ['an event with a space', { events: ['Conversation Rated'] }, 'events[0]', 'must be letters and digits'],
  ['a hole in events', { events: sparse }, 'events[1]', 'must be letters and digits'],
  ['undefined in events', { events: [undefined] }, 'events[0]', 'must be letters and digits'],
  ['an enabled that is text', { enabled: 'true' }, 'enabled', 'must be a boolean'],
  ['an enabled that is a BigInt', { enabled: 1n }, 'enabled', 'must be a boolean'],
  ['an authorization that is text', withAuthorization('hidden'), 'authorization', 'must be a plain object'],
  [
    'an authorization of no kind',
    withAuthorization({ _type: 'OAuth', value: 'hidden' }),
    'authorization._type',
    'must be BasicAuth or TokenAuth or NoAuth',
  ],
  [
    'a _type that is an object',
    withAuthorization({ _type: Object.create(null) }),
    'authorization._type',
    'must be BasicAuth or TokenAuth or NoAuth',
  ],
  [
    'the name of a method as _type',
    withAuthorization({ _type: 'constructor' }),
    'authorization._type',
    'must be BasicAuth or TokenAuth or NoAuth',
  ],
  [
    'a BasicAuth without its password',
    withAuthorization({ _type: 'BasicAuth', username: 'hidden' }),
    'authorization.password',
    'must be a string',
  ],
  [
    'a user name with a colon',
    withAuthorization({ _type: 'BasicAuth', username: 'a:hidden', password: 'hidden' }),
    'authorization.username',
    'must be a string without ":"',
  ],
  [
    'a misspelt password',
    withAuthorization({ _type: 'BasicAuth', username: 'hidden', pass: 'hidden' }),
    'authorization.pass',
    'cannot be set: use password',
  ],
  [
    'a value in NoAuth',
    withAuthorization({ _type: 'NoAuth', value: 'hidden' }),
    'authorization.value',
    'cannot be set: pass only _type',
  ],
  ['customHeaders that are a list', { customHeaders: ['hidden'] }, 'customHeaders', 'must be a plain object'],
  [
    'a Headers object',
    { customHeaders: new Headers({ 'X-Key': 'hidden' }) },
    'customHeaders',
    'must be a plain object',
  ],
  [
    'a custom header that is a number',
    { customHeaders: { 'X-Key': 5 } },
    'customHeaders.X-Key',
    'must be a string without line breaks',
  ],
  [
    'a custom header that is undefined',
    { customHeaders: { 'X-Key': undefined } },
    'customHeaders.X-Key',
    'must be a string without line breaks',
  ],
  [
    'a custom header with a line break',
    { customHeaders: { 'X-Key': 'a\nhidden' } },
    'customHeaders.X-Key',
    'must be a string without line breaks',
  ],
  [
    'a bad header whose name could be a secret',
    { customHeaders: { 'X-Key: hidden': 5 } },
    'customHeaders.?',
    'must be a string without line breaks',
  ],
  ['filters that are a list', { filters: [filter] }, 'filters', 'must be a plain object'],
  ['a filter that is text', { filters: { Other: 'hidden' } }, 'filters.Other', 'must be a plain object'],
  ['a circular filter', { filters: circular }, 'filters.Conversation._type', 'must be CombinedFilters'],
  ['a strategy of no kind', withFilter({ strategy: 'Both' }), 'filters.Conversation.strategy', 'must be All or Any'],
  ['no conditions', withFilter({ conditions: [] }), 'filters.Conversation.conditions', 'must not be empty'],
  ['one condition', withFilter({ conditions: condition }), 'filters.Conversation.conditions', 'must be an array'],
  ['a condition of no kind', withCondition({ _type: 'Is' }), `${inCondition}._type`, 'must be IsOneOf or IsNotOneOf'],
  ['a field that is a number', withCondition({ field: 5 }), `${inCondition}.field`, 'must be a string'],
  ['no values', withCondition({ values: [] }), `${inCondition}.values`, 'must not be empty'],
  ['a value that is a number', withCondition({ values: ['a', 5] }), `${inCondition}.values[1]`, 'must be a string'],
  ['values that are text', withCondition({ values: 'hidden' }), `${inCondition}.values`, 'must be an array'],
  ['events by the name of what is read', { subscribedEvents: [] }, 'subscribedEvents', 'cannot be set: use events'],
  ['customHeaders by the name of what is read', { headers: {} }, 'headers', 'cannot be set: use customHeaders'],
  ['a name in another case', { Enabled: true }, 'Enabled', 'cannot be set: use enabled'],
  ['a misspelt name', { enabeld: true }, 'enabeld', `cannot be set: pass only ${known}`],
  ['names of methods of objects', { constructor: 5 }, 'constructor', `cannot be set: pass only ${known}`],
];

describe.each(Object.keys(senders))('the body of %s', (sender) => {
  it.each(faults)(
    'is refused before anything is sent, by its field and without values, if it has %s',
    async (...all) => {
      const [, body, field, rule] = all;
      const error = await refusalOf(sender, { ...rawSubscription, ...body });
      expect(error).toMatchObject({ field, message: `${field} ${rule}.` });
      expect(error.message).not.toContain('hidden');
    },
  );

  it('is refused if it is a subscription that was read, and the message says what to pass', async () => {
    const { id, ...others } = subscription;
    const error = await refusalOf(sender, { id, ...others, subscribedEvents: [], events: [] });
    const readOnly = 'headers, secretKey, createdAt, createdBy, updatedAt, updatedBy, subscribedEvents';
    expect(error.message).toBe(`id cannot be set (nor ${readOnly}): pass only ${known}.`);
  });

  it('may have any event types, a URL with credentials or of http:, and filters of any field and entity', async () => {
    const body = {
      ...rawSubscription,
      url: 'http://user:password@hooks.example.com/',
      events: [...webhookEventTypes, 'NameThatThisVersionDoesNotKnow', '0'],
      customHeaders: { 'X-Key': '', 'X-Tab': 'a\tb' },
      filters: { ...withCondition({ field: 'NewField' }).filters, NewEntity: filter },
    };
    expect(await sentBy(sender, body)).toEqual(body);
  });

  it('may have null or undefined for optional properties, as in a subscription that was read', async () => {
    const body = { ...rawSubscription, enabled: undefined, filters: null };
    expect(await sentBy(sender, body)).toEqual({ ...rawSubscription, filters: null });
    const filters = { Conversation: undefined };
    expect(await sentBy(sender, { ...rawSubscription, filters })).toEqual({ ...rawSubscription, filters: {} });
  });

  it('may be an object of another realm or without a prototype', async () => {
    expect(await sentBy(sender, Object.assign(Object.create(null), rawSubscription))).toEqual(rawSubscription);
  });
});

describe.each([
  ['create', 'subscription'],
  ['update', 'changes'],
  ['raw.POST', 'body'],
  ['raw.PATCH', 'body'],
])('the body of %s', (sender, argument) => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['text', 'hidden'],
    ['a number', 424242],
    ['a list', ['hidden']],
    ['a function', () => 'hidden'],
    ['a Map', new Map([['enabled', false]])],
    ['a promise', Promise.resolve({ enabled: false })],
  ])('is refused if it is %s', async (_, body) => {
    const error = await refusalOf(sender, body);
    expect(error).toMatchObject({ field: argument, message: `${argument} must be a plain object.` });
  });
});

describe('a new subscription', () => {
  it.each(['name', 'url', 'events'])('is refused without its %s', async (field) => {
    const { [field]: _, ...others } = rawSubscription as Record<string, unknown>;
    expect(await refusalOf('create', others)).toMatchObject({ field });
    expect(await refusalOf('create', { ...others, [field]: null })).toMatchObject({ field });
  });

  it('is refused if authorization is null, so that a value that failed to load does not turn it off', async () => {
    expect(await refusalOf('create', { ...rawSubscription, authorization: null })).toMatchObject({
      field: 'authorization',
    });
  });

  it('gets only the two defaults', async () => {
    const body = { name: 'a', url: 'https://example.com', events: ['ConversationCreated'] };
    const sent = { ...body, authorization: { _type: 'NoAuth' }, customHeaders: {} };
    expect(await sentBy('create', { ...body, enabled: undefined, filters: undefined })).toEqual(sent);
  });

  it('may omit events in raw, as in the contract', async () => {
    const { events: _, ...others } = rawSubscription;
    expect(await sentBy('raw.POST', others)).toEqual(others);
  });
});

it('the body of raw is not checked if the call has its own bodySerializer', async () => {
  const { dixa, sent } = fakeDixa();
  await dixa.raw.POST('/webhooks', { body: 'anything' as never, bodySerializer: (body) => `${body}` });
  expect(sent.map(({ body }) => body)).toEqual(['anything']);
});
