import {
  allOf,
  basicAuth,
  DixaInputError,
  isOneOf,
  noAuth,
  tokenAuth,
  type WebhookFilters,
  type WebhookSubscription,
} from 'dixa-webhooks';
import { planSubscriptions, type WantedSubscription } from 'dixa-webhooks/manage';
import { describe, expect, it } from 'vitest';
import { subscription } from '../../support/fake-dixa.js';
import { uuid } from '../../support/memory-account.js';
import { thrown } from '../../support/receiver-delivery.js';
import { base64 } from '../../support/secrets.js';

const ratings = existing({ name: 'Ratings', subscribedEvents: ['ConversationRated'] });
const email: WebhookFilters = { Conversation: allOf(isOneOf('InitialChannel', ['email', 'pstn_phone'])) };

function existing(properties: object, number = 1): WebhookSubscription {
  return { ...subscription, id: uuid(number), ...properties };
}

/** What a plan changes of one subscription. */
function changesOf(wanted: Omit<WantedSubscription, 'name'>, properties: object = {}) {
  const { steps } = planSubscriptions([{ name: 'Ratings', ...wanted }], [{ ...ratings, ...properties }]);
  return steps.flatMap(({ changes }) => changes);
}

describe('the identity of a subscription', () => {
  it('is its name', () => {
    const { steps } = planSubscriptions([{ name: 'Ratings', enabled: false }], [ratings]);
    expect(steps).toEqual([
      {
        action: 'update',
        id: ratings.id,
        name: 'Ratings',
        changes: [{ property: 'enabled', from: true, to: false }],
        unknownHeaders: [],
      },
    ]);
  });

  it('is new if no subscription has the name, so that one is created', () => {
    const wanted = { name: 'New', url: 'https://example.com', events: ['ConversationRated'] as const };
    expect(planSubscriptions([wanted], [ratings])).toEqual({
      steps: [
        {
          action: 'create',
          name: 'New',
          changes: [
            { property: 'name', to: 'New' },
            { property: 'url', to: 'https://example.com' },
            { property: 'events', to: ['ConversationRated'] },
          ],
          unknownHeaders: [],
        },
      ],
      unchanged: [],
    });
  });

  it.each(['url', 'events'] as const)('cannot be new without %s', (missing) => {
    const wanted = { name: 'New', url: 'https://example.com', events: [], [missing]: undefined };
    const error = thrown(() => planSubscriptions([wanted], [ratings]));
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error.message).toBe(`wanted[0].${missing} is required: no subscription has this name.`);
  });

  it('is its id if that is given, so that a name can change', () => {
    const { steps } = planSubscriptions([{ id: ratings.id.toUpperCase(), name: 'Scores' }], [ratings]);
    expect(steps).toMatchObject([
      { action: 'update', id: ratings.id, changes: [{ property: 'name', from: 'Ratings', to: 'Scores' }] },
    ]);
  });

  it('is free for another by name once an id has taken it', () => {
    const other = { name: 'Ratings', url: 'https://example.com', events: [] };
    const { steps } = planSubscriptions([other, { id: ratings.id, name: 'Scores' }], [ratings]);
    expect(steps.map(({ action, name }) => [action, name])).toEqual([
      ['create', 'Ratings'],
      ['update', 'Ratings'],
    ]);
  });

  it('is ambiguous if two that exist have one name, until an id takes one of them', () => {
    const twin = existing({ name: 'Ratings' }, 2);
    const error = thrown(() => planSubscriptions([{ name: 'Ratings' }], [ratings, twin]));
    expect(error.message).toBe(
      `wanted[0].name matches several or similar names: set an id (${ratings.id}, ${twin.id}).`,
    );
    const { unchanged } = planSubscriptions([{ name: 'Ratings' }, { id: twin.id }], [ratings, twin]);
    expect(unchanged.map(({ id }) => id)).toEqual([ratings.id, twin.id]);
  });

  it.each([
    ['case', 'ratings'],
    ['white space around it', ' Ratings\t'],
  ])('is not guessed from a name that differs only in %s', (_, name) => {
    const wanted = { name, url: 'https://example.com', events: [] };
    const error = thrown(() => planSubscriptions([wanted], [ratings], { prune: true }));
    expect(error.message).toBe(`wanted[0].name matches several or similar names: set an id (${ratings.id}).`);
    const [step] = planSubscriptions([{ name, id: ratings.id }], [ratings], { prune: true }).steps;
    expect(step).toMatchObject({ action: 'update', changes: [{ property: 'name', to: name }] });
  });

  it('is not guessed from a name in another Unicode form', () => {
    const wanted = { name: 'Cafe\u0301', url: 'https://example.com', events: [] };
    const error = thrown(() => planSubscriptions([wanted], [existing({ name: 'Caf\u00e9' })], { prune: true }));
    expect(error.message).toContain('similar names');
  });

  it('may be ambiguous among those that are not wanted', () => {
    const twins = [existing({ name: 'Twin' }, 2), existing({ name: 'Twin' }, 3)];
    expect(planSubscriptions([{ name: 'Ratings' }], [ratings, ...twins]).steps).toEqual([]);
  });

  it.each([
    [
      'one name twice',
      [{ name: 'Ratings' }, { name: 'Ratings' }],
      'wanted[1].name is wanted twice: each needs its own id.',
    ],
    ['one id twice', [{ id: uuid(1) }, { id: uuid(1) }], 'wanted[1].id is wanted twice: each needs its own id.'],
    ['missing', [{ enabled: true }], 'wanted[0].name or id must be set.'],
    ['an id that does not exist', [{ id: uuid(9) }], 'wanted[0].id does not exist: see list().'],
  ])('cannot be %s', (_, wanted, message) => {
    expect(thrown(() => planSubscriptions(wanted, [ratings])).message).toBe(message);
  });

  it('decides what is deleted, with prune only and after all else', () => {
    const old = existing({ name: 'Old' }, 2);
    const wanted = [{ name: 'Ratings', enabled: false }];
    expect(planSubscriptions(wanted, [old, ratings]).steps.map(({ action }) => action)).toEqual(['update']);
    const { steps } = planSubscriptions(wanted, [old, ratings], { prune: true });
    expect(steps.map(({ action, id }) => [action, id])).toEqual([
      ['update', ratings.id],
      ['delete', old.id],
    ]);
  });
});

describe('what differs', () => {
  it('is nothing that is not named, or that is null', () => {
    const nothing = { url: null, events: undefined, filters: null, authorization: null, customHeaders: null };
    expect(changesOf(nothing as object, { filters: email, headers: { Authorization: 'Bearer x' } })).toEqual([]);
  });

  it('is a URL, changed in place and shown without the password in it', () => {
    expect(changesOf({ url: 'https://user:s3cret@example.com/@x' }, { url: 'http://a@b/' })).toEqual([
      { property: 'url', from: 'http://[redacted]@b/', to: 'https://[redacted]@example.com/@x' },
    ]);
  });

  it('is not the order of events', () => {
    const subscribedEvents = ['ConversationClosed', 'ConversationRated'];
    expect(changesOf({ events: ['ConversationRated', 'ConversationClosed'] }, { subscribedEvents })).toEqual([]);
    expect(changesOf({ events: ['ConversationRated'] }, { subscribedEvents })).toEqual([
      { property: 'events', from: subscribedEvents, to: ['ConversationRated'] },
    ]);
  });

  it.each([undefined, null])('is events, if Dixa shows none: %s', (subscribedEvents) => {
    expect(changesOf({ events: ['ConversationRated'] }, { subscribedEvents })).toHaveLength(1);
    expect(changesOf({ events: [] }, { subscribedEvents })).toEqual([]);
  });

  it('is the meaning of filters, not the order of what they hold', () => {
    const same = { Conversation: allOf(isOneOf('InitialChannel', ['pstn_phone', 'email'])), Other: null };
    expect(changesOf({ filters: email }, { filters: same })).toEqual([]);
    const { Conversation, ...rest } = { Conversation: allOf(isOneOf('QueueId', ['email', 'pstn_phone'])) };
    expect(changesOf({ filters: email }, { filters: { Conversation, ...rest } })).toHaveLength(1);
  });

  it.each([undefined, null, {}])('is filters, if there are none: %s', (filters) => {
    expect(changesOf({ filters: email }, { filters })).toHaveLength(1);
    expect(changesOf({ filters: {} }, { filters })).toEqual([]);
  });

  it.each([
    ['BasicAuth', basicAuth('user', 'pässword'), { authorization: `Basic ${base64('user:pässword')}` }],
    ['TokenAuth', tokenAuth('s3cret'), { AUTHORIZATION: 'Bearer s3cret' }],
    ['NoAuth', noAuth(), {}],
  ])('is not the header that %s computes', (_, authorization, headers) => {
    expect(changesOf({ authorization }, { headers })).toEqual([]);
    expect(changesOf({ authorization }, { headers: { Authorization: 'Bearer another' } })).toEqual([
      { property: 'authorization' },
    ]);
  });

  it('is a custom header that Dixa shows with another value, or that is not wanted', () => {
    const headers = { 'x-tenant': 'one', Authorization: 'Bearer x' };
    expect(changesOf({ customHeaders: { 'X-Tenant': 'one' } }, { headers })).toEqual([]);
    expect(changesOf({ customHeaders: { 'X-Tenant': 'two' } }, { headers })).toEqual([{ property: 'customHeaders' }]);
    expect(changesOf({ customHeaders: {} }, { headers })).toEqual([{ property: 'customHeaders' }]);
  });

  it('is not known of a custom header that Dixa does not show', () => {
    const wanted = { name: 'Ratings', customHeaders: { 'X-Tenant': 'one' } };
    expect(planSubscriptions([wanted], [ratings])).toEqual({
      steps: [],
      unchanged: [{ id: ratings.id, name: 'Ratings', unknownHeaders: ['X-Tenant'] }],
    });
    const { steps } = planSubscriptions([{ ...wanted, enabled: false }], [ratings]);
    expect(steps).toMatchObject([{ changes: [{ property: 'enabled' }], unknownHeaders: ['X-Tenant'] }]);
  });
});

it('compares a password of any length', () => {
  const password = 'p'.repeat(300_000);
  const headers = { Authorization: `Basic ${base64(`dixa:${password}`)}` };

  expect(changesOf({ authorization: basicAuth('dixa', password) }, { headers })).toEqual([]);
});
