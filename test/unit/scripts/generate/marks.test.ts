import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { webhookEventDetails } from '../../../../generated/event-details.js';
import { webhookEventTypes } from '../../../../generated/event-types.js';
import document from '../../../../generated/openapi.json' with { type: 'json' };

const folder = new URL('../../../../openapi/examples/events/', import.meta.url);
const details = Object.entries(webhookEventDetails);
const types = (test: (detail: (typeof webhookEventDetails)[keyof typeof webhookEventDetails]) => boolean) =>
  details.filter(([, detail]) => test(detail)).map(([name]) => name);

interface Example {
  event_id: string;
  event_fqn: string;
  event_version: string;
  event_timestamp: string;
  data: object;
}
const read = (name: string) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { value: Example }).value;
const examples = webhookEventTypes.map((type) => [type, read(`${type}.json`)] as const);

/** Every string in a value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('the events of the contract', () => {
  test('are the event types that can be subscribed to, with details of each', () => {
    expect(Object.keys(document.webhooks)).toEqual([...webhookEventTypes]);
    expect(Object.keys(webhookEventDetails)).toEqual([...webhookEventTypes]);
  });

  test.each(Object.entries(document.webhooks))(
    '%s is whole: an operation with headers, a body, an example and a response',
    (type, { post }) => {
      const { operationId, tags, security, parameters, requestBody, responses } = post;
      expect({ operationId, tags, security, parameters, responses }).toEqual({
        operationId: type,
        tags: ['Events'],
        security: [],
        parameters: [{ $ref: '#/components/parameters/Signature' }, { $ref: '#/components/parameters/SubscriptionId' }],
        responses: { '2XX': { $ref: '#/components/responses/Received' } },
      });
      const { schema, examples } = requestBody.content['application/json'];
      expect(requestBody.required).toBe(true);
      expect(schema.$ref).toMatch(/^#\/components\/schemas\/\w+Payload$/);
      expect(examples.example.value.event_fqn).toBe(post['x-event-fqn']);
      expect(post).not.toHaveProperty('x-payload');
    },
  );

  test('have different names in payloads if underscores and case are ignored, so that each matches one event type', () => {
    const names = details.map(([, { eventFqn }]) => eventFqn.replaceAll('_', '').toLowerCase());
    expect(names).toEqual(webhookEventTypes.map((type) => type.toLowerCase()));
    expect(new Set(names).size).toBe(names.length);
  });

  test('have the evidence that is known about Dixa', () => {
    const inList = Object.entries(document.components.schemas.WebhookEventType['x-evidence'].values);
    expect(inList.filter(([, marks]) => 'meaning' in marks).map(([type]) => type)).toEqual(
      webhookEventTypes.filter((type) => /MessageDelivery|TranscriptionAdded/.test(type)),
    );
    expect(types(({ eventFqnEvidence }) => eventFqnEvidence === 'documented')).toEqual([
      'ConversationMessageAdded',
      'ConversationNoteAdded',
    ]);
    expect(types(({ eventFqnEvidence }) => eventFqnEvidence === 'observed')).toEqual([
      'ConversationClosed',
      'ConversationCreated',
      'ConversationPending',
      'ConversationRated',
      'ConversationTagAdded',
    ]);
    expect(types(({ payloadEvidence }) => payloadEvidence === 'documented')).toEqual([
      'ConversationAbandoned',
      'ConversationClosed',
      'ConversationCreated',
      'ConversationEnqueued',
      'ConversationNoteAdded',
      'ConversationOpen',
      'ConversationPending',
      'ConversationPendingExpired',
    ]);
    expect(types(({ payloadEvidence }) => payloadEvidence === 'observed')).toEqual([
      'ConversationMessageAdded',
      'ConversationRated',
      'ConversationTagAdded',
    ]);
    expect(types(({ payloadEvidence }) => payloadEvidence === 'unknown')).toEqual(
      webhookEventTypes.filter((type) => /^(Agent|SLA|Typing)/.test(type)),
    );
  });
});

describe('the examples of events', () => {
  test('are one file each, and no other', () => {
    expect(readdirSync(folder)).toEqual(webhookEventTypes.map((type) => `${type}.json`));
  });

  test.each(examples)('%s has the name, version and time format that Dixa uses', (type, example) => {
    expect(example.event_fqn).toBe(webhookEventDetails[type].eventFqn);
    expect(example.event_version).toBe('1');
    expect(new Date(example.event_timestamp).toISOString()).toBe(example.event_timestamp);
  });

  test('have unique ids that are not real', () => {
    const ids = examples.map(([, { event_id }]) => event_id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  test('contain no real names, and no addresses outside example.com', () => {
    const addresses = strings(examples).filter((text) => /@|\/\//.test(text));
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((text) => !text.endsWith('@example.com'))).toEqual([]);
  });

  test('contain nothing for unknown payloads', () => {
    for (const [type, { data }] of examples) {
      if (webhookEventDetails[type].payloadEvidence === 'unknown') expect(data).toEqual({});
    }
  });
});
