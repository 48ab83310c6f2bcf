import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DixaPayloadError, parseEvent, webhookEventTypes } from '../../../../src/receiver/index.js';
import { eventText, thrown } from '../../../support/receiver-delivery.js';

const upperSnake = (type: string) => type.replace(/\B[A-Z]/g, '_$&').toUpperCase();

describe('the type of an event', () => {
  it.each(webhookEventTypes)('%s is found by its event_fqn, whatever its underscores and case', (type) => {
    const spellings = [
      upperSnake(type),
      type,
      type.toLowerCase(),
      type.toUpperCase(),
      `_${upperSnake(type).toLowerCase()}__`,
    ];
    for (const event_fqn of spellings) expect(parseEvent(JSON.stringify({ event_fqn }))).toEqual({ event_fqn, type });
  });

  it.each(['CONVERSATION_END_USER_REPLACED', 'CONVERSATION_ENDUSER_REPLACED'])(
    '%s is one type in two spellings',
    (event_fqn) => {
      expect(parseEvent(eventText({ event_fqn })).type).toBe('ConversationEndUserReplaced');
    },
  );

  const unknown: readonly unknown[] = [
    'SOMETHING_NEW',
    '',
    ' CONVERSATION_CREATED',
    'CONVERSATION-CREATED',
    '__proto__',
    'constructor',
    'toString',
    'Unknown',
    '*',
    null,
    1,
    true,
    {},
    [],
    ['CONVERSATION_CREATED'],
    { toString: 1, valueOf: 1 },
    { toString: 'CONVERSATION_CREATED' },
  ];
  it.each(unknown)('is Unknown where event_fqn is %j, which stays as it is', (event_fqn) => {
    expect(parseEvent(JSON.stringify({ event_fqn, a: 1 }))).toEqual({ event_fqn, a: 1, type: 'Unknown' });
  });

  it('is Unknown where there is no event_fqn', () => {
    expect(parseEvent('{}')).toEqual({ type: 'Unknown' });
  });

  it('is Unknown where event_fqn is nested so deep that to make a text of it would overflow the stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(parseEvent(`{"event_fqn":${deep}}`).type).toBe('Unknown');
  });
});

describe('an event', () => {
  it('is the object on the wire, with type beside what was there', () => {
    const text = eventText({ extra: { of: ['a', 'newer', 'version', null] } });
    const { type, ...rest } = parseEvent(text);
    expect(rest).toEqual(JSON.parse(text));
    expect(type).toBe('ConversationCreated');
    expect(Object.keys(parseEvent(text))).toEqual([...Object.keys(JSON.parse(text)), 'type']);
  });

  it('whose keys are names of Object.prototype has them as its own, and nothing inherits them', () => {
    const event = parseEvent(
      '{"__proto__":{"polluted":1},"constructor":2,"toString":3,"hasOwnProperty":4}',
    ) as unknown as Record<string, unknown>;

    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(Object.keys(event)).toEqual(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'type']);
    expect(Object.getOwnPropertyDescriptor(event, '__proto__')?.value).toEqual({ polluted: 1 });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(event.polluted).toBeUndefined();
  });

  it('may have its own field named type: the type of the event comes first', () => {
    expect(parseEvent('{"type":"Csat","event_fqn":"CONVERSATION_RATED"}').type).toBe('ConversationRated');
  });

  it('passes numbers beyond 2^53 and duplicate keys as JSON.parse gives them', () => {
    expect(parseEvent('{"big":9007199254740993,"huge":1e400,"twice":1,"twice":2}')).toEqual({
      big: 9_007_199_254_740_992,
      huge: Number.POSITIVE_INFINITY,
      twice: 2,
      type: 'Unknown',
    });
  });

  it('may be nested deep', () => {
    const depth = 100_000;
    expect(parseEvent(`{"data":${'['.repeat(depth)}${']'.repeat(depth)}}`).type).toBe('Unknown');
  });

  it.each([
    ['as text', '\ufeff{"a":1}'],
    ['as bytes', Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{"a":1}'))],
  ])('may begin with a byte order mark, %s', (_, body) => {
    expect(parseEvent(body)).toEqual({ a: 1, type: 'Unknown' });
  });

  it('that is not UTF-8 has U+FFFD for what is wrong', () => {
    const body = Uint8Array.of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xc3, 0x22, 0x7d);
    expect(parseEvent(body)).toEqual({ a: '\ufffd\ufffd', type: 'Unknown' });
  });

  it.each([
    '1',
    '"x"',
    'null',
    'true',
    '[]',
    '[{}]',
    '',
    ' ',
    '{',
    '{}{}',
    "{'a':1}",
    'undefined',
    'NaN',
    '\ufeff\ufeff{}',
    '\0{}',
  ])('is a JSON object, and nothing else: %j', (body) => {
    const error = thrown(() => parseEvent(body));
    expect(error).toBeInstanceOf(DixaPayloadError);
    expect(error).toHaveProperty('code', 'DIXA_PAYLOAD');
    expect(error).not.toHaveProperty('cause');
  });

  it('that cannot be parsed is not quoted', () => {
    const error = thrown(() => parseEvent('{"email":"someone@example.test"'));
    expect(`${error.stack}${error.cause}`).not.toContain('someone');
  });

  it('is parsed or refused with a DixaPayloadError, whatever the body', () => {
    const json = fc.oneof(
      fc.json(),
      fc
        .dictionary(fc.constantFrom('__proto__', 'event_fqn', 'type', 'a'), fc.jsonValue())
        .map((o) => JSON.stringify(o)),
    );
    fc.assert(
      fc.property(fc.oneof(json, fc.string({ unit: 'binary' }), fc.uint8Array()), (body) => {
        try {
          expect(['Unknown', ...webhookEventTypes]).toContain(parseEvent(body).type);
        } catch (error) {
          if (!(error instanceof DixaPayloadError)) throw error;
        }
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it('is what JSON.parse gives, whatever its fields', () => {
    const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'event_fqn'), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.jsonValue())), (entries) => {
        const text = `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
        const { type: _, ...rest } = parseEvent(text);
        const { type: __, ...wire } = JSON.parse(text);
        expect(JSON.stringify(rest)).toBe(JSON.stringify(wire));
      }),
      { seed: 20261123 },
    );
  });
});
