import { describe, expect, it } from 'vitest';
import contract from '../../../generated/openapi.json' with { type: 'json' };
import { isWebhookEventType, webhookEventTypes } from '../../../src/client/index.js';

describe('isWebhookEventType', () => {
  it.each(webhookEventTypes)('knows %s', (name) => {
    expect(isWebhookEventType(name)).toBe(true);
  });

  it.each([
    '',
    'conversationcreated',
    'CONVERSATION_CREATED',
    ' ConversationCreated',
    'ConversationCreated ',
    'constructor',
    '__proto__',
    'toString',
    'length',
    '0',
    0,
    null,
    undefined,
    true,
    Symbol('ConversationCreated'),
    ['ConversationCreated'],
    { toString: () => 'ConversationCreated' },
    new String('ConversationCreated'),
  ])('does not know %o', (value) => {
    expect(isWebhookEventType(value)).toBe(false);
  });

  it('filters what was read', () => {
    const read: string[] = ['ConversationRated', 'BrandNew', 'TypingStarted'];
    expect(read.filter(isWebhookEventType)).toEqual(['ConversationRated', 'TypingStarted']);
  });
});

describe('webhookEventTypes', () => {
  it('holds the names of the contract, each once and in order', () => {
    expect(webhookEventTypes).toEqual([...new Set(Object.keys(contract.webhooks))].sort());
  });
});
