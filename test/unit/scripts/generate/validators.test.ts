import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OperationId, operations, statuses } from '../../../../generated/operations.js';
import { type Validator, validators } from '../../../../generated/validators.js';
import { replyExamples, requestExamples } from '../../../support/contract-document.js';
import { projectRoot } from './project.js';
import { validatedBodies } from './validated-bodies.js';

/** A body that may be broken. */
// biome-ignore lint/suspicious/noExplicitAny: the whole point is to break what types forbid.
type Body = any;

const ids = Object.keys(operations) as OperationId[];

/** What a validator says of a value: nothing if it fits. */
const faultOf = (validate: Validator | undefined, value: unknown) => {
  if (!validate) throw new Error('There is no such validator.');
  return validate(value)
    ? undefined
    : validate.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

describe('the compiled validators', () => {
  test('cover each body and each path parameter of the contract, and nothing else', () => {
    for (const id of ids) {
      expect(Object.keys(validators[id].responses).map(Number)).toEqual(
        statuses[id].filter((status) => replyExamples(id, status).length > 0),
      );
      expect(validators[id].body !== undefined).toBe(requestExamples(id).length > 0);
      const named = [...operations[id].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(validators[id].parameters)).toEqual(named);
    }
  });

  test.each(validatedBodies)('take every example of $name', ({ validate, examples }) => {
    expect(examples).not.toEqual([]);
    for (const { value } of examples) expect(faultOf(validate, value)).toBeUndefined();
  });

  test('need no module and build no code at run time', async () => {
    const source = await readFile(join(projectRoot, 'generated/validators.js'), 'utf8');
    expect(source).not.toMatch(/\b(import|require|eval|Function)\b/);
  });
});

const created = () => structuredClone(requestExamples('createWebhookSubscription')[0]?.value) as Body;
const condition = (body: Body) => body.filters.Conversation.conditions[0];

describe('a request body is refused', () => {
  test.each<[string, string, (body: Body) => unknown]>([
    ['a misspelt property', ' additionalProperties', (body) => Object.assign(body, { evnts: [] })],
    ['no name', ' required', (body) => delete body.name],
    ['a name that is no string', '/name type', (body) => Object.assign(body, { name: 7 })],
    ['an unknown event type', '/events/1 enum', (body) => Object.assign(body, { events: ['TypingStarted', 'Typing'] })],
    ['an event type given twice', '/events uniqueItems', (body) => body.events.push(body.events[0])],
    ['a header that is no text', '/customHeaders/a~1b type', (body) => Object.assign(body.customHeaders, { 'a/b': 1 })],
    ['an authorization that is text', '/authorization type', (body) => Object.assign(body, { authorization: 'Basic' })],
    [
      'an authorization of no kind',
      '/authorization discriminator',
      (body) => Object.assign(body.authorization, { _type: 'OAuth' }),
    ],
    ['an authorization without _type', '/authorization discriminator', (body) => delete body.authorization._type],
    ['no password', '/authorization required', (body) => delete body.authorization.password],
    [
      'no condition',
      '/filters/Conversation/conditions minItems',
      (body) => body.filters.Conversation.conditions.splice(0),
    ],
    [
      'a strategy of no kind',
      '/filters/Conversation/strategy enum',
      (body) => Object.assign(body.filters.Conversation, { strategy: 'None' }),
    ],
    [
      'a value that is no text',
      '/filters/Conversation/conditions/0/values/0 type',
      (body) => condition(body).values.splice(0, 1, null),
    ],
    [
      'a misspelt property of a condition',
      '/filters/Conversation/conditions/0 additionalProperties',
      (body) => Object.assign(condition(body), { vals: [] }),
    ],
  ])('that has %s, with one error at its place', (_, error, plant) => {
    const body = created();
    expect(faultOf(validators.createWebhookSubscription.body, body)).toBeUndefined();
    plant(body);
    expect(faultOf(validators.createWebhookSubscription.body, body)).toEqual([error]);
  });
});

const statusesExample = () => structuredClone(replyExamples('listDeliveryStatuses', 200)[0]?.value) as Body;
const [read] = replyExamples('getWebhookSubscription', 200) as { value: Body }[];
const subscription = (changes: object) => ({ data: { ...read?.value.data, ...changes } });

describe('a response body', () => {
  const { 200: validateSubscription } = validators.getWebhookSubscription.responses;

  test.each<[string, string, object]>([
    ['an id that is no UUID', '/data/id format', { id: '1234' }],
    ['a time without a zone', '/data/createdAt format', { createdAt: '2026-02-28T12:00:00' }],
    ['an event type that is no string', '/data/subscribedEvents/0 type', { subscribedEvents: [1] }],
    ['no secret', '/data required', { secretKey: undefined }],
  ])('is refused that has %s', (_, error, changes) => {
    expect(faultOf(validateSubscription, subscription(changes))).toEqual([error]);
  });

  test('may have properties and event types that the contract does not know', () => {
    const value = subscription({ more: 1, subscribedEvents: ['TypingStarted', 'SomethingNew'] });
    expect(faultOf(validateSubscription, value)).toBeUndefined();
  });

  test('is refused at the property of the right member of a union', () => {
    const body = statusesExample();
    const at = body.data.findIndex(({ deliveryStatus }: Body) => deliveryStatus._type === 'DeliveryDetail');
    const plant = (responseCode: unknown) => {
      body.data[at].deliveryStatus.responseCode = responseCode;
      return faultOf(validators.listDeliveryStatuses.responses[200], body);
    };
    expect(plant('200')).toEqual([`/data/${at}/deliveryStatus/responseCode type`]);
    expect(plant(2 ** 31)).toEqual([`/data/${at}/deliveryStatus/responseCode maximum`]);
    expect(plant(-(2 ** 31) - 1)).toEqual([`/data/${at}/deliveryStatus/responseCode minimum`]);
    expect(plant(2 ** 31 - 1)).toBeUndefined();
  });

  test('accepts every day of the calendar, and no other', () => {
    const two = (number: number) => String(number).padStart(2, '0');
    const year = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(1900, 2000, 2024, 2100));
    const fitsCalendar = (year: number, month: number, day: number) => {
      const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
      const time = new Date(`${date}T00:00:00Z`);
      const exists = !Number.isNaN(time.valueOf()) && time.toISOString().startsWith(date);
      return validateSubscription?.(subscription({ createdAt: `${date}T00:00:00Z` })) === exists;
    };
    fc.assert(fc.property(year, fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), fitsCalendar), {
      seed: 20261130,
      numRuns: 1_000,
    });
  });

  test.each([
    ['23:59:59.123Z', true],
    ['00:00:00+05:30', true],
    ['23:59:60Z', true],
    ['12:59:60Z', false],
    ['24:00:00Z', false],
    ['12:60:00Z', false],
    ['12:00Z', false],
    ['12:00:00', false],
    ['12:00:00.Z', false],
    ['12:00:00+24:00', false],
    ['12:00:00Z ', false],
  ])('is judged by the time of day %s: %s', (time, fits) => {
    expect(validateSubscription?.(subscription({ createdAt: `2026-07-01T${time}` }))).toBe(fits);
  });
});

test.each([
  ['webhookSubscriptionId', '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8', true],
  ['webhookSubscriptionId', '5F0C8A1E-3B7D-4C52-9E46-D1A27B90C3F8', true],
  ['webhookSubscriptionId', 'urn:uuid:5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8', false],
  ['webhookSubscriptionId', '5f0c8a1e3b7d4c529e46d1a27b90c3f8', false],
  ['webhookSubscriptionId', '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8\n', false],
  ['event', 'ConversationCreated', true],
  ['event', 'Conversation_Created', false],
  ['event', '', false],
])('the path parameter %s may be %j: %s', (name, value, fits) => {
  expect(validators.listDeliveryLogs.parameters[name]?.(value)).toBe(fits);
});
