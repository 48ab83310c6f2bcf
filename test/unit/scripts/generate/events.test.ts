import { describe, expect, test } from 'vitest';
import {
  renderEventDetails,
  renderEvents,
  renderEventTypes,
  withEvents,
} from '../../../../scripts/generate/render-events.js';
import { renderTypes } from '../../../../scripts/generate/render-types.js';
import type { Contract } from '../../../../scripts/lib/contract.js';
import { describeEventTypes } from '../../../../scripts/lib/events.js';

/** A contract of one event type, `UserLeft`. */
const contract = (webhook: object = {}, payload: object = {}): Contract =>
  ({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    servers: [],
    paths: {},
    webhooks: {
      UserLeft: {
        post: {
          summary: 'One left',
          'x-event-fqn': 'USER_LEFT',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Left' } } } },
          ...webhook,
        },
      },
    },
    components: {
      schemas: {
        WebhookEventType: { type: 'string', enum: ['UserLeft'] },
        EventEnvelope: { type: 'object', properties: { event_id: { type: 'string' } } },
        Left: {
          type: 'object',
          allOf: [{ $ref: '#/components/schemas/EventEnvelope' }],
          required: ['data'],
          properties: { data: { description: 'Who left.', type: 'object' } },
          ...payload,
        },
        Reason: {
          description: 'Why.',
          type: 'object',
          properties: { words: { type: 'array', items: { $ref: '#/components/schemas/Word' } } },
        },
        Unused: { type: 'object' },
        Word: { type: 'string' },
      },
    },
  }) as unknown as Contract;

const notWhole = 'UserLeft: Left must extend EventEnvelope with `data` and nothing else';

/** `generated/events.ts` as such a contract makes it. */
const eventsOf = async (...args: Parameters<typeof contract>) =>
  renderEvents(contract(...args), await renderTypes(contract(...args)));

const doubtful = {
  'x-event-fqn': 'USERLEFT',
  'x-evidence': { meaning: 'inferred', eventFqn: 'observed', source: 'a page', note: 'It may be longer.' },
};

describe('the list of event types', () => {
  test('states the meaning, source and evidence of each', () => {
    expect(renderEventTypes(contract())).toContain("  /** One left. */\n  'UserLeft',\n");
    expect(renderEventTypes(contract(doubtful))).toContain(
      "  /** One left. Meaning inferred from the name. First seen in a page. */\n  'UserLeft',\n",
    );
  });

  test('cannot be cut short by a comment', () => {
    expect(renderEventTypes(contract({ summary: 'Ends */ early' }))).toContain('/** Ends *\\/ early. */');
  });

  test('is described in the contract by the webhooks', () => {
    const list = (webhook: object) => describeEventTypes(contract(webhook)).components.schemas.WebhookEventType;
    expect(list({})).toEqual({
      type: 'string',
      enum: ['UserLeft'],
      'x-enumDescriptions': { UserLeft: 'One left.' },
      'x-evidence': { values: {} },
    });
    expect(list(doubtful)).toMatchObject({
      'x-evidence': { values: { UserLeft: { meaning: 'inferred', source: 'a page' } } },
    });
  });

  test.each([
    [
      'a payload without a name',
      contract({ requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }),
      'UserLeft: the payload must refer to a named schema',
    ],
    ['a payload without `data`', contract({}, { properties: {} }), notWhole],
    ['a payload whose `data` may be absent', contract({}, { required: [] }), notWhole],
    ['a payload that is more than its `data`', contract({}, { properties: { data: {}, more: {} } }), notWhole],
    ['a payload without the envelope', contract({}, { allOf: [] }), notWhole],
  ])('is refused: %s', (_, wrong, message) => {
    expect(() => renderEventTypes(wrong)).toThrow(message);
  });
});

describe('the type of an event', () => {
  test('extends the envelope, narrows by `type`, names its `data`, and is in the map', async () => {
    const source = await eventsOf();
    expect(source).toContain(
      [
        'export interface UserLeftEvent extends EventEnvelope {',
        "  readonly type: 'UserLeft';",
        '  /** Who left. Any field may be missing. Documented by Dixa. */',
        '  data: LeftData;',
        '}\n',
      ].join('\n'),
    );
    expect(source).toContain('export interface WebhookEvents {\n  UserLeft: UserLeftEvent;\n}\n');
  });

  test('refers to nested types by name, and needs no other file', async () => {
    const properties = {
      id: { description: 'Its id.', format: 'uuid', type: 'string' },
      reason: { $ref: '#/components/schemas/Reason' },
      more: {
        type: 'object',
        properties: { reasons: { type: 'array', items: { $ref: '#/components/schemas/Reason' } } },
      },
    };
    const source = await eventsOf(
      {},
      { properties: { data: { description: 'Who left.', type: 'object', properties } } },
    );
    expect(source.slice(source.indexOf('export'), source.indexOf('/** One left'))).toBe(`\
export type EventEnvelope = {
  event_id?: string;
};

/** Why. */
export type Reason = {
  words?: Word[];
};

export type Word = string;

/** Who left. Any field may be missing. Documented by Dixa. */
export type LeftData = {
  /** Its id. Format: uuid. */
  id?: string;
  reason?: Reason;
  more?: {
    reasons?: Reason[];
  };
};

`);
    expect(source).not.toMatch(/components|import/);
  });

  test('has its own type for `data` that the contract defines elsewhere', async () => {
    const source = await eventsOf({}, { properties: { data: { $ref: '#/components/schemas/Reason' } } });
    expect(source).toContain(
      '/** Why. Any field may be missing. Documented by Dixa. */\nexport type LeftData = {\n  words?: Word[];\n};\n',
    );
    expect(source).not.toContain('type Reason');
  });

  test('is the same from run to run', async () => {
    expect(await eventsOf(doubtful)).toBe(await eventsOf(doubtful));
  });

  test.each([
    ['documented', {}, {}, '/** Who left. Any field may be missing. Documented by Dixa. */'],
    ['documented in name', {}, {}, '/** One left. `event_fqn`: `USER_LEFT` (documented). */'],
    [
      'documented in part',
      {},
      { 'x-evidence': { note: 'There may be more.' } },
      'Documented by Dixa. There may be more.',
    ],
    [
      'observed',
      {},
      { 'x-evidence': { this: 'observed' } },
      '/** Who left. Any field may be missing. Observed, not documented. */',
    ],
    [
      'inferred',
      {},
      { 'x-evidence': { this: 'inferred' } },
      '/** Who left. Any field may be missing. Inferred, not documented. */',
    ],
    ['unknown', {}, { 'x-evidence': { this: 'unknown' } }, '/** Who left. Neither documented nor observed. */'],
    ['described', { description: 'Rarely.' }, {}, 'One left. Rarely. `event_fqn`'],
    ['doubtful in name', doubtful, {}, '`event_fqn`: `USERLEFT` (observed). It may be longer. */'],
  ])('states the evidence: %s', async (_, webhook, payload, comment) => {
    expect(await eventsOf(webhook, payload)).toContain(comment);
  });

  test('has its details in a separate table', () => {
    expect(renderEventDetails(contract(doubtful, { 'x-evidence': { this: 'unknown' } }))).toContain(
      "  UserLeft: { summary: 'One left', eventFqn: 'USERLEFT', eventFqnEvidence: 'observed', payloadEvidence: 'unknown' },\n",
    );
  });

  test('offers the known values of an open list, and takes any other', async () => {
    const open = { anyOf: [{ type: 'string', enum: ['A', 'B'] }, { type: 'string' }] };
    const named = { anyOf: [{ $ref: '#/components/schemas/WebhookEventType' }, { type: 'string' }] };
    const source = await renderTypes(contract({}, { properties: { open, named } }));
    expect(source).toContain('open?: "A" | "B" | (string & {});');
    expect(source).toContain('named?: components["schemas"]["WebhookEventType"] | string;');
  });
});

test('a webhook is not among the operations, which are what one can call', async () => {
  const source = await renderTypes(contract({ operationId: 'UserLeft' }));
  expect(source).toContain('export type operations = Record<string, never>;');
  expect(source).not.toContain('UserLeft:');
});

describe('the table of events in the README', () => {
  const start = '<!-- events:start (written by npm run generate) -->';
  const readme = `# x\n\n${start}\n| old |\n<!-- events:end -->\n\nThe end.\n`;
  const rows = (...args: Parameters<typeof contract>) => withEvents(readme, contract(...args)).split('\n');

  test('is rewritten, and nothing else', () => {
    expect(rows({}, { 'x-evidence': { note: 'There may be more.' } })).toEqual([
      '# x',
      '',
      start,
      '| event type | `data` | source |',
      '| --- | --- | --- |',
      '| `UserLeft` | Who left. | partly documented |',
      '<!-- events:end -->',
      '',
      'The end.',
      '',
    ]);
  });

  test('does not change when written again', () => {
    const once = withEvents(readme, contract());
    expect(withEvents(once, contract())).toBe(once);
  });

  test.each([['# x'], [`${start}\n`], [`<!-- events:end -->\n${start}\n`]])('has no place in %j', (text) => {
    expect(() => withEvents(text, contract())).toThrow('README.md must contain the lines');
  });
});
