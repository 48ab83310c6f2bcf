import { sampleEvent } from '../../../src/testing/index.js';

// What compiles.
sampleEvent('ConversationRated', { data: { score: 1, comment: undefined, conversation: { queue: null, tags: [] } } });
sampleEvent('ConversationRated', { data: { conversation: { channel: 'EMAIL' } } });
sampleEvent('ConversationRated', { data: { conversation: { channel: 'newer than this version' } } });

// What doesn't, and why.
// @ts-expect-error 'score' does not exist in type
sampleEvent('ConversationRated', { score: 1 });
// @ts-expect-error 'scor' does not exist in type
sampleEvent('ConversationRated', { data: { scor: 1 } });
// @ts-expect-error Type '{}' is not assignable to type
sampleEvent('ConversationRated', { data: { conversation: { channel: {} } } });
