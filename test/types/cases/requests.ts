import {
  type AnyEventType,
  allOf,
  basicAuth,
  type CreateWebhookSubscription,
  createDixaWebhooks,
  isNotOneOf,
  isOneOf,
  noAuth,
  tokenAuth,
  type UnknownEventType,
  type UnknownFilterField,
  type WebhookSubscription,
} from '../../../src/client/index.js';

const dixa = createDixaWebhooks({ apiKey: 'key' });
const id = '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8';
const smallest = { name: 'n', url: 'https://example.com', events: ['ConversationRated'] } as const;

declare const read: WebhookSubscription;

// What compiles.
const { name, url, enabled, filters, subscribedEvents: events = [] } = read;
dixa.create({ name, url, enabled, filters, events });
dixa.update(id, { events: [...events, 'ConversationRated'] satisfies readonly AnyEventType[] });
dixa.create(smallest);
dixa.create({
  ...smallest,
  authorization: undefined,
  customHeaders: undefined,
  enabled: undefined,
  filters: undefined,
});
dixa.create({
  ...smallest,
  authorization: basicAuth('user', 'password'),
  customHeaders: { 'X-A': 'b' },
  enabled: false,
});
dixa.create({ ...smallest, authorization: tokenAuth('value') });
dixa.create({ ...smallest, authorization: { _type: 'NoAuth' } });
dixa.create({ ...smallest, events: ['BrandNew' as UnknownEventType] });
dixa.create({
  ...smallest,
  filters: {
    Conversation: allOf(isOneOf('InitialChannel', ['email']), isNotOneOf('New' as UnknownFilterField, ['x'])),
  },
});
dixa.update(id, {});
dixa.update(id, { enabled: false, name: undefined });
dixa.deliveryLogs(id, 'BrandNew' as UnknownEventType);
export const input: CreateWebhookSubscription = { ...smallest, authorization: noAuth() };

// A typo in the body of a PATCH.
// @ts-expect-error 'enabeld' does not exist in type 'UpdateWebhookSubscription'
dixa.update(id, { enabeld: false });
// A subscription that was read, or a part of one that Dixa does not take.
// @ts-expect-error Type 'string[]' is not assignable to type
dixa.update(id, { subscribedEvents: ['ConversationRated'] });
// @ts-expect-error Type '{ 'X-A': string; }' is not assignable to type
dixa.create({ ...smallest, headers: { 'X-A': 'b' } });
// @ts-expect-error Types of property 'id' are incompatible
dixa.update(id, read);
// @ts-expect-error Types of property 'id' are incompatible
dixa.update(id, { ...read, enabled: false });
// @ts-expect-error Types of property 'id' are incompatible
dixa.create({ ...read, events: ['ConversationRated'] });
// @ts-expect-error Type 'string' is not assignable to type 'boolean | undefined'
dixa.update(id, { enabled: 'no' });

// An unknown event type.
// @ts-expect-error Type '"ConversationRatd"' is not assignable to type
dixa.update(id, { events: ['ConversationRatd'] });
// @ts-expect-error Type '"ConversationRatd"' is not assignable to type
dixa.create({ ...smallest, events: ['ConversationRatd'] });
// @ts-expect-error Argument of type '"ConversationRatd"' is not assignable to parameter
dixa.deliveryLogs(id, 'ConversationRatd');
// @ts-expect-error Argument of type '"InitialChanel"' is not assignable to parameter
isOneOf('InitialChanel', ['email']);

// A missing required field.
// @ts-expect-error Property 'events' is missing in type
dixa.create({ name: 'n', url: 'https://example.com' });
// @ts-expect-error Property 'url' is missing in type
dixa.create({ name: 'n', events: [] });
// @ts-expect-error Property 'password' is missing in type
dixa.create({ ...smallest, authorization: { _type: 'BasicAuth', username: 'u' } });
// @ts-expect-error Expected 2-3 arguments, but got 1
dixa.update(id);
// @ts-expect-error Expected 1-2 arguments, but got 0
dixa.get();

// A wrong `_type`, and a property of another member of the union.
// @ts-expect-error Type '"Basic"' is not assignable to type
dixa.create({ ...smallest, authorization: { _type: 'Basic', username: 'u', password: 'p' } });
// @ts-expect-error 'value' does not exist in type
dixa.create({ ...smallest, authorization: { _type: 'NoAuth', value: 'v' } });
// @ts-expect-error Type '"Both"' is not assignable to type '"All" | "Any"'
dixa.update(id, { filters: { Conversation: { _type: 'CombinedFilters', strategy: 'Both', conditions: [] } } });
