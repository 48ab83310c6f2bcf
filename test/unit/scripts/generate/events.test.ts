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
const contract = (webhook: object = {}, payload: object = {}, enumeration: unknown = ['UserLeft']): Contract =>
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
        WebhookEventType: { type: 'string', enum: enumeration },
        Left: { type: 'object', properties: {}, ...payload },
      },
    },
  }) as unknown as Contract;

const doubtful = {
  'x-event-fqn': 'USERLEFT',
  'x-evidence': { meaning: 'inferred', eventFqn: 'observed', source: 'a page', note: 'It may be longer.' },
};

describe('the list of event types', () => {
  test('says what each means, where it is from, and what is only inferred', () => {
    expect(renderEventTypes(contract())).toContain("  /** One left. */\n  'UserLeft',\n");
    expect(renderEventTypes(contract(doubtful))).toContain(
      "  /** One left. The meaning is inferred from the name. First seen in a page. */\n  'UserLeft',\n",
    );
  });

  test('cannot be cut short by a comment', () => {
    expect(renderEventTypes(contract({ summary: 'Ends */ early' }))).toContain('/** Ends *\\/ early. */');
  });

  test('is told in the contract what the webhooks say', () => {
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
    ['a schema that is no enum', contract({}, {}, null), 'WebhookEventType must be an enum'],
    ['an event type without a webhook', contract({}, {}, ['Other']), 'there is no entry for Other'],
    ['a webhook that says nothing', contract({ summary: '' }), 'UserLeft: its summary must say what it means'],
    [
      'a name that the receiver would not find',
      contract({ 'x-event-fqn': 'USER_GONE' }),
      'USER_GONE is another name than UserLeft',
    ],
    ['no name', contract({ 'x-event-fqn': undefined }), 'is another name than UserLeft'],
    [
      'a payload without a name',
      contract({ requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }),
      'UserLeft: its payload must be a schema that has a name',
    ],
  ])('is refused: %s', (_, wrong, message) => {
    expect(() => renderEventTypes(wrong)).toThrow(message);
  });
});

describe('the type of an event', () => {
  test('extends its payload, narrows by `type`, and is in the map', () => {
    const source = renderEvents(contract());
    expect(source).toContain("type Left = Schemas['Left'];\n");
    expect(source).toContain("export interface UserLeftEvent extends Left {\n  readonly type: 'UserLeft';\n}\n");
    expect(source).toContain('export interface WebhookEvents {\n  UserLeft: UserLeftEvent;\n}\n');
  });

  test.each([
    ['documented', {}, {}, 'One left. Dixa documents the payload. Its `event_fqn` is `USER_LEFT`.'],
    [
      'documented in part',
      {},
      { 'x-evidence': { note: 'There may be more.' } },
      'documents the payload. There may be more.',
    ],
    ['observed', {}, { 'x-evidence': { this: 'observed' } }, 'The payload was observed; Dixa does not document it.'],
    ['inferred', {}, { 'x-evidence': { this: 'inferred' } }, 'The payload is inferred; Dixa does not document it.'],
    ['unknown', {}, { 'x-evidence': { this: 'unknown' } }, 'What `data` holds is not known.'],
    ['described', { description: 'Rarely.' }, {}, 'One left. Rarely. Dixa documents'],
    ['doubtful in name', doubtful, {}, 'Its `event_fqn` is `USERLEFT` (observed). It may be longer. */'],
  ])('says how sure it is: %s', (_, webhook, payload, comment) => {
    expect(renderEvents(contract(webhook, payload))).toContain(comment);
  });

  test('has its details in a table of their own', () => {
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

test('a webhook has the type of its body, and no line for what it does not have', async () => {
  const source = await renderTypes(contract());
  expect(source.replace(/\s+/g, ' ')).toContain(
    'interface webhooks { UserLeft: { /** One left */ post: { requestBody?: { content: { "application/json": components["schemas"]["Left"]; }; }; ',
  );
  expect(source).toContain('export type operations = Record<string, never>;');
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
      '| event type | what it means | payload | `event_fqn` |',
      '| --- | --- | --- | --- |',
      '| `UserLeft` | One left | documented, in part | `USER_LEFT` (documented) |',
      '<!-- events:end -->',
      '',
      'The end.',
      '',
    ]);
  });

  test('says what is doubtful', () => {
    expect(rows(doubtful, { 'x-evidence': { this: 'unknown' } })).toContain(
      '| `UserLeft` | One left (inferred) | unknown | `USERLEFT` (observed, doubtful) |',
    );
  });

  test('stays as it is when written again', () => {
    const once = withEvents(readme, contract());
    expect(withEvents(once, contract())).toBe(once);
  });

  test.each([['# x'], [`${start}\n`], [`<!-- events:end -->\n${start}\n`]])('has no place in %j', (text) => {
    expect(() => withEvents(text, contract())).toThrow('README.md must hold the lines');
  });
});
