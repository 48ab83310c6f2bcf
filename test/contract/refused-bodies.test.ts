import { describe, expect, test } from 'vitest';
import { DixaBadRequestError, DixaInputError } from '../../src/client/index.js';
import { carelessClient } from '../support/contract-client.js';
import { replyExamples, requestExamples } from '../support/contract-document.js';
import { pathValues } from './calls.js';

/** A body that may be broken. */
// biome-ignore lint/suspicious/noExplicitAny: the whole point is to break what types forbid.
type Body = any;

interface Fault {
  readonly fault: string;
  /** Where Prism must find it. */
  readonly within: string;
  readonly plant: (body: Body) => void;
}

const set = (key: string, value: unknown) => (target: Body) => Object.assign(target, { [key]: value });
const fault = (within: string, fault: string, plant: (body: Body) => void): Fault => ({ within, fault, plant });

/** Faults of any body; `within` is empty where the body itself is at fault. */
const faults: Fault[] = [
  fault('', 'a misspelt property', set('evnts', [])),
  fault('', 'the name under which events are read', set('subscribedEvents', [])),
  fault('', 'the name under which headers are read', set('headers', {})),
  fault('name', 'a name that is no string', set('name', 7)),
  fault('url', 'a url that is null', set('url', null)),
  fault('enabled', 'a switch that is text', set('enabled', 'yes')),
  fault('events', 'an event type that is not known', set('events', ['ConversationCreatd'])),
  fault('events', 'an event type given twice', set('events', ['ConversationOpen', 'ConversationOpen'])),
  fault('customHeaders', 'a header that is no text', set('customHeaders', { 'X-Example': 1 })),
  fault('authorization', 'an authorization without _type', set('authorization', { value: 'example' })),
  fault('authorization', 'an authorization of no kind', set('authorization', { _type: 'OAuth', value: 'example' })),
  fault('authorization', 'a basic authorization without its password', ({ authorization }) => {
    delete authorization.password;
  }),
  fault('authorization', 'a misspelt property of it', ({ authorization }) => set('pasword', '')(authorization)),
  fault('authorization', 'a value in no authorization', set('authorization', { _type: 'NoAuth', value: 'example' })),
  fault('filters', 'a filter that is a list', set('filters', { Conversation: [] })),
  fault('filters', 'a filter of another thing that is text', ({ filters }) => set('Message', 'email')(filters)),
  fault('filters.Conversation', 'a misspelt property', ({ filters }) => set('stratgy', 'All')(filters.Conversation)),
  fault('filters.Conversation', 'a strategy of no kind', ({ filters }) =>
    set('strategy', 'None')(filters.Conversation),
  ),
  fault('filters.Conversation.conditions', 'a misspelt property of a condition', ({ filters }) =>
    set('vals', [])(filters.Conversation.conditions[0]),
  ),
  fault('filters.Conversation.conditions', 'a condition of no kind', ({ filters }) =>
    set('_type', 'IsNot')(filters.Conversation.conditions[0]),
  ),
  fault('filters.Conversation.conditions', 'a condition whose values are no list', ({ filters }) =>
    set('values', 'email')(filters.Conversation.conditions[0]),
  ),
];

/** What the methods send all the same: only Dixa can judge it, or `create` fills it in. */
const sentAnyway = new Set([
  'createWebhookSubscription, no authorization',
  'createWebhookSubscription, no customHeaders',
  'createWebhookSubscription, an event type that is not known',
  'updateWebhookSubscription, an event type that is not known',
  'createWebhookSubscription, an event type given twice',
  'updateWebhookSubscription, an event type given twice',
  'updateWebhookSubscription, a url that is null',
]);

/** Faults of a new subscription only. */
const absences: Fault[] = ['name', 'url', 'authorization', 'customHeaders'].map((name) =>
  fault('', `no ${name}`, (body) => delete body[name]),
);

/** With one of its own, `raw` leaves the body to Dixa. */
const bodySerializer = (body: unknown) => JSON.stringify(body);

const operationsWithBody = {
  createWebhookSubscription: ({ dixa }) => ({
    method: (body) => dixa.create(body),
    raw: (body) => dixa.raw.POST('/webhooks', { body, bodySerializer }),
  }),
  updateWebhookSubscription: ({ dixa }) => ({
    method: (body) => dixa.update(pathValues.webhookSubscriptionId, body),
    raw: (body) =>
      dixa.raw.PATCH('/webhooks/{webhookSubscriptionId}', {
        params: { path: { webhookSubscriptionId: pathValues.webhookSubscriptionId } },
        body,
        bodySerializer,
      }),
  }),
} satisfies Record<
  string,
  (client: ReturnType<typeof carelessClient>) => {
    method(body: Body): Promise<unknown>;
    raw(body: Body): Promise<{ error?: unknown; response: Response }>;
  }
>;

/** A body that has all there is; the faults are planted in a copy of it. */
function soundBody(): Body {
  return structuredClone(requestExamples('createWebhookSubscription').find(({ name }) => name === 'basicAuth')?.value);
}

const cases = [
  ...[...faults, ...absences].map(
    (fault) => ['createWebhookSubscription', fault.fault, fault.within || 'body', fault] as const,
  ),
  ...faults.map((fault) => ['updateWebhookSubscription', fault.fault, fault.within || 'body', fault] as const),
];

describe.each(cases)('%s sent %s in its %s', (id, fault, _within, { within, plant }) => {
  const body = soundBody();
  plant(body);

  test('is refused by the contract, at that place', async () => {
    const client = carelessClient();
    const { error, response } = await operationsWithBody[id](client).raw(body);
    expect(response.status).toBe(400);
    expect(error).toStrictEqual(replyExamples(id, 400)[0]?.value);
    const places = client.exchanges.flatMap(({ violations }) => violations).map(({ location }) => location.join('.'));
    const place = within ? `request.body.${within}` : 'request.body';
    expect(places.filter((found) => found === place || (within && found.startsWith(`${place}.`)))).not.toEqual([]);
  });

  test.skipIf(sentAnyway.has(`${id}, ${fault}`))(
    'is refused by the method before anything is sent, at that place',
    async () => {
      const client = carelessClient();
      const error = await operationsWithBody[id](client)
        .method(body)
        .catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DixaInputError);
      expect((error as DixaInputError).field.startsWith(within)).toBe(true);
      expect(client.exchanges).toEqual([]);
    },
  );
});

describe.each(Object.keys(operationsWithBody) as (keyof typeof operationsWithBody)[])('%s', (id) => {
  test('accepts the body before faults are added to it', async () => {
    const client = carelessClient();
    const { response } = await operationsWithBody[id](client).raw(soundBody());
    expect(response.ok).toBe(true);
    expect(client.exchanges).toMatchObject([{ violations: [] }]);
  });

  test('a method rejects with DixaBadRequestError if its body is refused', async () => {
    const client = carelessClient();
    const error: DixaBadRequestError = await operationsWithBody[id](client)
      .method({ ...soundBody(), events: ['ConversationCreatd'] })
      .then(
        () => expect.unreachable(),
        (error) => error,
      );
    expect(error).toBeInstanceOf(DixaBadRequestError);
    expect(error).toMatchObject({ status: 400, operationId: id, attempts: 1, body: replyExamples(id, 400)[0]?.value });
    expect(client.exchanges[0]?.violations).not.toEqual([]);
  });
});
