import { DixaConfigurationError, parseEvent, webhookEventTypes } from 'dixa-webhooks/receiver';
import { sampleEvent } from 'dixa-webhooks/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { printAsDixa } from '../../../src/shared/dixa-json.js';

describe('sampleEvent', () => {
  it.each(webhookEventTypes)('makes an event that parses as %s', (type) => {
    const { type: _, ...sent } = sampleEvent(type);

    expect(parseEvent(printAsDixa(sent)).type).toBe(type);
  });

  it('gives each event a new id and the current time', () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00.123Z'), toFake: ['Date'] });

    const [first, second] = [sampleEvent('ConversationRated'), sampleEvent('ConversationRated')];

    expect(first.event_timestamp).toBe('2026-11-30T12:00:00.123Z');
    expect(first.event_id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(second.event_id).not.toBe(first.event_id);
  });

  it('changes fields at any depth, and leaves the others', () => {
    const plain = sampleEvent('ConversationRated');
    const event = sampleEvent('ConversationRated', { data: { score: 1, conversation: { queue: { name: 'VIP' } } } });

    expect(event.data.score).toBe(1);
    expect(event.data.conversation?.queue).toEqual({ ...plain.data.conversation?.queue, name: 'VIP' });
    expect(event.data.comment).toBe(plain.data.comment);
    expect(event.organization).toEqual(plain.organization);
  });

  it('keeps the order of the fields', () => {
    const names = (event: object) => Object.keys(event);

    expect(names(sampleEvent('ConversationRated', { data: { score: 1 } }).data)).toEqual(
      names(sampleEvent('ConversationRated').data),
    );
  });

  it('drops a field that is undefined, and keeps one that is null', () => {
    const { data } = sampleEvent('ConversationRated', { data: { comment: undefined, conversation: { queue: null } } });

    expect(data).not.toHaveProperty('comment');
    expect(data.conversation?.queue).toBeNull();
  });

  it('replaces a list', () => {
    const tags = [{ id: 'e4a7b2c1-0000-4000-8000-000000000001', name: 'one' }];

    expect(sampleEvent('ConversationCreated', { data: { conversation: { tags } } }).data.conversation?.tags).toEqual(
      tags,
    );
  });

  it('makes null of a hole in a list, as JSON does', () => {
    const tags: unknown[] = [];
    tags[1] = { name: 'one' };

    const overrides = { data: { conversation: { tags } } } as object;
    expect(sampleEvent('ConversationCreated', overrides).data.conversation?.tags).toStrictEqual([
      null,
      { name: 'one' },
    ]);
  });

  it('adds fields that the contract does not know', () => {
    const overrides = { data: { added_by_dixa: { since: 2027 } } } as object;

    expect(sampleEvent('TypingStarted', overrides).data).toEqual({ added_by_dixa: { since: 2027 } });
  });

  it('can make an event of an unknown type', () => {
    const { type: _, ...sent } = sampleEvent('ConversationCreated', { event_fqn: 'CONVERSATION_TELEPORTED' });

    expect(parseEvent(JSON.stringify(sent)).type).toBe('Unknown');
  });

  it('shares nothing with the next sample, or with the overrides', () => {
    const overrides = { data: { conversation: { tags: [{ name: 'one' }] } } };
    const first = sampleEvent('ConversationCreated', overrides);
    first.data.conversation = { ...first.data.conversation };
    for (const tag of first.data.conversation.tags ?? []) tag.name = 'changed';
    first.organization.name = 'changed';

    const second = sampleEvent('ConversationCreated', overrides);

    expect(overrides.data.conversation.tags).toEqual([{ name: 'one' }]);
    expect(second.data.conversation?.tags).toEqual([{ name: 'one' }]);
    expect(second.organization.name).not.toBe('changed');
  });

  it('treats __proto__ as a field like any other', () => {
    const overrides = JSON.parse('{"data":{"__proto__":{"polluted":true}}}');

    expect(Object.keys(sampleEvent('TypingStarted', overrides).data)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['ConversationRatd', 'There is no event type ConversationRatd: did you mean ConversationRated?'],
    ['CONVERSATION_RATED', 'There is no event type CONVERSATION_RATED: did you mean ConversationRated?'],
    ['constructor', 'There is no event type constructor: see webhookEventTypes for the full list.'],
    [undefined, 'There is no event type undefined: see webhookEventTypes for the full list.'],
    [['ConversationRated'], 'There is no event type object: see webhookEventTypes for the full list.'],
    [Object.create(null), 'There is no event type object: see webhookEventTypes for the full list.'],
  ])('refuses the event type %s', (type, message) => {
    expect(() => sampleEvent(type as never)).toThrow(new DixaConfigurationError(message));
  });

  it.each([
    ['text', 'overrides must be an object, such as { data: { score: 1 } }.'],
    [[], 'overrides must be an object, such as { data: { score: 1 } }.'],
    [{ data: { score: () => 1 } }, 'overrides.data.score is not JSON.'],
    [{ data: { score: 1n } }, 'overrides.data.score is not JSON.'],
    [{ data: { list: [1, Number.NaN] } }, 'overrides.data.list.1 is not JSON.'],
    [{ data: { at: new Date(0) } }, 'overrides.data.at is not JSON.'],
  ])('refuses the overrides %o', (overrides, message) => {
    expect(() => sampleEvent('ConversationRated', overrides as never)).toThrow(new DixaConfigurationError(message));
  });

  it('refuses overrides that contain themselves', () => {
    const data: Record<string, unknown> = {};
    data.self = data;

    expect(() => sampleEvent('TypingStarted', { data })).toThrow(
      'overrides.data.self.self is nested too deeply, or contains itself.',
    );
  });
});
