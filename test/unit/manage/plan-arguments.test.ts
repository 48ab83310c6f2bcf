import { allOf, DixaInputError, isOneOf } from 'dixa-webhooks';
import { applyPlan, planSubscriptions } from 'dixa-webhooks/manage';
import { describe, expect, it } from 'vitest';
import { fakeDixa, subscription } from '../../support/fake-dixa.js';
import { rejection, thrown } from '../../support/receiver-delivery.js';

const filter = allOf(isOneOf('QueueId', ['a-queue']));
const { _type, ...withoutType } = filter;
const plan = planSubscriptions as (...given: unknown[]) => unknown;

describe('arguments of planSubscriptions', () => {
  it.each([
    [{ name: 'A', event: [] }, 'wanted[0].event cannot be set: use events.'],
    [{ name: 'A', customHeader: {} }, 'wanted[0].customHeader cannot be set: use customHeaders.'],
    [
      { name: 'A', secretKey: 's3cret' },
      'wanted[0].secretKey cannot be set: use id, name, url, events, authorization, customHeaders, enabled, filters.',
    ],
    [{ name: 'A', 's3cret value': 1 }, /^wanted\[0\]\.\? cannot be set/],
    [{ name: 'A', constructor: 1 }, /^wanted\[0\]\.constructor cannot be set/],
    [subscription, /^wanted\[0\]\.headers cannot be set/],
    ['s3cret', 'wanted[0] must be an object.'],
    [null, 'wanted[0] must be an object.'],
    [{ id: 's3cret' }, 'wanted[0].id must be a UUID.'],
    [{ name: '' }, 'wanted[0].name must be a non-empty string.'],
    [{ name: 'A', url: 's3cret' }, 'wanted[0].url must be an absolute https: or http: URL.'],
    [{ name: 'A', url: {} }, 'wanted[0].url must be an absolute https: or http: URL.'],
    [{ name: 'A', events: 'ConversationRated' }, 'wanted[0].events must be an array of event types.'],
    [{ name: 'A', events: ['s3cret/'] }, 'wanted[0].events must be an array of event types.'],
    [{ name: 'A', enabled: 'yes' }, 'wanted[0].enabled must be true or false.'],
    [{ name: 'A', filters: [] }, 'wanted[0].filters must be an object of allOf() or anyOf().'],
    [{ name: 'A', filters: { Conversation: { strategy: 's3cret', conditions: [] } } }, /^wanted\[0\]\.filters/],
    [{ name: 'A', filters: { Conversation: { strategy: 'All', conditions: ['s3cret'] } } }, /^wanted\[0\]\.filters/],
    [
      { name: 'A', authorization: 's3cret' },
      'wanted[0].authorization must come from basicAuth(), tokenAuth() or noAuth().',
    ],
    [{ name: 'A', authorization: { _type: 'BasicAuth', username: 's3cret' } }, /^wanted\[0\]\.authorization/],
    [{ name: 'A', authorization: { _type: 'NoAuth', value: 's3cret' } }, /^wanted\[0\]\.authorization/],
    [{ name: 'A', filters: { Conversation: withoutType } }, /^wanted\[0\]\.filters/],
    [{ name: 'A', filters: { Conversation: { ...filter, s3cret: 1 } } }, /^wanted\[0\]\.filters/],
    [{ name: 'A', customHeaders: { 'X-A': 's3\ncret' } }, 'wanted[0].customHeaders must be an object of valid headers'],
    [{ name: 'A', customHeaders: { 'X-A': 5 } }, /^wanted\[0\]\.customHeaders/],
    [{ name: 'A', customHeaders: { authorization: 's3cret' } }, /without Authorization: use authorization\.$/],
  ])('are refused, with the fix and without the value: %j', (wanted, message) => {
    const error = thrown(() => plan([wanted], [subscription]));
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('s3cret');
  });

  it.each([
    ['wanted must be an array.', [{ name: 'A' }, []]],
    ['existing must come from list().', [[], undefined]],
    ['existing must come from list().', [[], [{ id: 1 }]]],
    ['prun cannot be set: use prune.', [[], [], { prun: true }]],
    ['prune must be true or false.', [[], [], { prune: 'yes' }]],
    ['options must be an object.', [[], [], true]],
  ])('%s', (message, given) => {
    expect(thrown(() => plan(...given)).message).toBe(message);
  });
});

describe('arguments of applyPlan', () => {
  const apply = applyPlan as (...given: unknown[]) => Promise<unknown>;
  const wanted = [{ name: subscription.name, enabled: false }];

  it('must hold a plan whole, because a copy of a step does not hold what it sends', async () => {
    const { dixa, sent } = fakeDixa();
    const planned = planSubscriptions(wanted, [subscription]);
    for (const wrong of [undefined, [], {}, { steps: [{}] }, JSON.parse(JSON.stringify(planned))]) {
      const error = await rejection(apply(dixa, wrong));
      expect(error.message).toBe('plan must come from planSubscriptions().');
    }
    expect(sent).toEqual([]);
    await apply(dixa, { steps: planned.steps.slice(0, 1) });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['dixa must come from createDixaWebhooks().', [{ list: () => {} }, {}]],
    ['onSteps cannot be set: use onStep.', [fakeDixa().dixa, {}, { onSteps: () => {} }]],
    ['onStep must be a function.', [fakeDixa().dixa, {}, { onStep: true }]],
  ])('%s', async (message, given) => {
    expect((await rejection(apply(...given))).message).toBe(message);
  });
});
