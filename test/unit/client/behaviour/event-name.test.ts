import { describe, expect, it } from 'vitest';
import { DixaInputError, webhookEventTypes } from '../../../../src/client/index.js';
import { fakeDixa } from '../../../support/fake-dixa.js';
import { byEvent } from '../../../support/path-calls.js';

const bad: readonly (readonly [string, unknown])[] = [
  ['empty', ''],
  ['the parent path', '..'],
  ['a path', 'A/B'],
  ['a path that is encoded', 'A%2FB'],
  ['spaced', 'Conversation Created'],
  ['followed by a line break', 'ConversationCreated\n'],
  ['in snake case', 'CONVERSATION_CREATED'],
  ['hyphenated', 'conversation-created'],
  ['in braces', '{event}'],
  ['spelt with a letter beyond ASCII', 'ConversationCréated'],
  ['a question', 'A?b=1'],
  ['a list', ['ConversationCreated']],
  ['null', null],
  ['absent', undefined],
];

describe.each(byEvent)('event name in a path of $name', ({ call }) => {
  it.each([...webhookEventTypes, 'NameThatThisVersionDoesNotKnow', 'constructor', 'A', '0'])(
    'is sent, known or not: %s',
    async (event) => {
      const { dixa, sent } = fakeDixa();
      await call(dixa, event);
      expect(sent[0]?.url.endsWith(`/logs/${event}`)).toBe(true);
    },
  );

  it.each(bad)('is refused before anything is sent if it is %s', async (_, event) => {
    const { dixa, sent } = fakeDixa();
    const error = await call(dixa, event as string).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DixaInputError);
    expect(error).toMatchObject({ field: 'event', message: expect.stringMatching(/letters and digits/) });
    expect(sent).toHaveLength(0);
  });
});
