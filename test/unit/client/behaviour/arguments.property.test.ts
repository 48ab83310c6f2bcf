import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as client from '../../../../src/client/index.js';
import { apiKey, fakeDixa, newSubscription, rawSubscription, subscriptionId } from '../../../support/fake-dixa.js';

const { DixaConfigurationError, DixaInputError } = client;

/** Names that mean something to the client or to JavaScript, so that values come close to being right. */
const names = [
  ...['name', 'events', 'url', 'authorization', 'customHeaders', 'enabled', 'filters', 'Conversation', 'X-Key'],
  ...['_type', 'username', 'password', 'value', 'strategy', 'conditions', 'field', 'values', 'id', 'headers'],
  ...['signal', 'timeoutMs', 'maxRetries', 'rateLimit', 'burst', 'apiKey', 'baseUrl', 'logger', 'fetch', 'params'],
  ...['__proto__', 'constructor', 'toString', 'toJSON', 'length', 'then', '', '*', '0'],
];
const types = ['BasicAuth', 'TokenAuth', 'NoAuth', 'CombinedFilters', 'IsOneOf', 'IsNotOneOf', 'All', 'constructor'];
const secret = fc.string({ maxLength: 8 }).map((text) => `s3c${text}r3t`);
const anything = fc.anything({
  key: fc.constantFrom(...names),
  values: [
    secret,
    fc.constantFrom(...types, 'ConversationRated', 'https://example.com/s3cr3t', subscriptionId),
    fc.constantFrom(undefined, null, true, false, 0, 1, 424242, Number.NaN, 424242n, Symbol('s3cr3t')),
    fc.func(secret),
  ],
  maxDepth: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** A thing that is right but for one property, at any depth. */
function nearly(right: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const properties = Object.entries(right);
  return fc.constantFrom(...properties).chain(([name, value]) => {
    const isObject = typeof value === 'object' && !Array.isArray(value) && Object.keys(value ?? {}).length > 0;
    const inner = isObject ? fc.oneof(anything, nearly(value as Record<string, unknown>)) : anything;
    return fc.tuple(fc.oneof(fc.constant(name), fc.constantFrom(...names)), inner).map(([wrong, item]) => {
      const copy = { ...right };
      Object.defineProperty(copy, wrong, { value: item, enumerable: true, configurable: true, writable: true });
      return copy;
    });
  });
}

const condition = { _type: 'IsOneOf', field: 'QueueId', values: ['a'] };
const body = {
  ...rawSubscription,
  authorization: { _type: 'BasicAuth', username: 'user', password: 'password' },
  customHeaders: { 'X-Key': 'a' },
  filters: { Conversation: { _type: 'CombinedFilters', strategy: 'All', conditions: [condition] } },
};
const callOptions = { timeoutMs: 1, maxRetries: 0, headers: { 'X-Key': 'a' }, signal: undefined };
const options = {
  apiKey,
  rateLimit: { burst: 1 },
  timeoutMs: 1,
  headers: { 'X-Key': 'a' },
  logger: { debug() {}, warn() {} },
};

type Careless = Readonly<Record<string, (...all: readonly unknown[]) => unknown>>;
const id = subscriptionId;
const params = { path: { webhookSubscriptionId: id } };
const log = '/webhooks/{webhookSubscriptionId}/delivery-status/logs/{event}';
const event = 'ConversationRated';

/** Each argument of each method, of any kind. */
const methods: Readonly<
  Record<string, readonly [fc.Arbitrary<unknown>, (dixa: Careless, raw: Careless, it: unknown) => unknown]>
> = {
  'list(options)': [nearly(callOptions), ({ list }, it) => list?.(it)],
  'create(subscription)': [nearly(body), ({ create }, it) => create?.(it)],
  'create(…, options)': [nearly(callOptions), ({ create }, it) => create?.(newSubscription, it)],
  'get(id)': [anything, ({ get }, it) => get?.(it)],
  'get(…, options)': [nearly(callOptions), ({ get }, it) => get?.(id, it)],
  'update(id)': [anything, ({ update }, it) => update?.(it, {})],
  'update(…, changes)': [nearly(body), ({ update }, it) => update?.(id, it)],
  'update(…, …, options)': [nearly(callOptions), ({ update }, it) => update?.(id, {}, it)],
  'delete(id)': [anything, (dixa, _, it) => dixa.delete?.(it)],
  'delete(…, options)': [nearly(callOptions), (dixa, _, it) => dixa.delete?.(id, it)],
  'deliveryStatuses(id)': [anything, ({ deliveryStatuses }, _, it) => deliveryStatuses?.(it)],
  'deliveryStatuses(…, options)': [nearly(callOptions), ({ deliveryStatuses }, _, it) => deliveryStatuses?.(id, it)],
  'deliveryLogs(id)': [anything, ({ deliveryLogs }, _, it) => deliveryLogs?.(it, event)],
  'deliveryLogs(…, event)': [anything, ({ deliveryLogs }, _, it) => deliveryLogs?.(id, it)],
  'deliveryLogs(…, …, options)': [nearly(callOptions), ({ deliveryLogs }, _, it) => deliveryLogs?.(id, event, it)],
  'raw.POST(…, { body })': [nearly(body), (_, { POST }, it) => POST?.('/webhooks', { body: it })],
  'raw.PATCH(…, { body })': [
    nearly(body),
    (_, { PATCH }, it) => PATCH?.('/webhooks/{webhookSubscriptionId}', { params, body: it }),
  ],
  'raw.GET(path)': [anything, (_, { GET }, it) => GET?.(it)],
  'raw.GET(…, { params: { path } })': [
    nearly({ webhookSubscriptionId: id, event }),
    (_, { GET }, it) => GET?.(log, { params: { path: it } }),
  ],
};

const helpers = client as unknown as Careless;

/** Each function that makes something, with arguments of any kind. */
const functions: Readonly<Record<string, fc.Arbitrary<readonly unknown[]>>> = {
  createDixaWebhooks: fc.tuple(fc.oneof(anything, nearly(options))),
  basicAuth: fc.array(anything, { maxLength: 2 }),
  tokenAuth: fc.array(anything, { maxLength: 1 }),
  allOf: fc.array(fc.oneof(anything, nearly(condition)), { maxLength: 3 }),
  anyOf: fc.array(fc.oneof(anything, nearly(condition)), { maxLength: 3 }),
  isOneOf: fc.tuple(fc.oneof(anything, fc.constant('QueueId')), fc.oneof(anything, fc.array(anything))),
  isNotOneOf: fc.tuple(fc.oneof(anything, fc.constant('QueueId')), fc.oneof(anything, fc.array(anything))),
};

/** Whether an error says what is wrong as an error of ours, without a value. */
function expectOurs(error: unknown, expected: typeof DixaInputError | typeof DixaConfigurationError): void {
  expect(error).toBeInstanceOf(expected);
  expect((error as Error).message).toMatch(/^[\w.[\]?-]+ .*\.$/);
  expect((error as Error).message).not.toMatch(/s3c|424242/);
}

describe('whatever it is given,', () => {
  it.each(Object.entries(methods))('%s sends it or rejects with a DixaInputError', async (_, [argument, call]) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, argument), async (it) => {
        const { dixa, sent } = fakeDixa([], { rateLimit: false });
        try {
          await call(dixa as unknown as Careless, dixa.raw as unknown as Careless, it);
          expect(sent).toHaveLength(1);
        } catch (error) {
          expectOurs(error, DixaInputError);
          expect(sent).toHaveLength(0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each(Object.entries(functions))('%s takes it or throws an error of this package', (name, all) => {
    const expected = name === 'createDixaWebhooks' ? DixaConfigurationError : DixaInputError;
    vi.stubEnv('DIXA_API_KEY', apiKey);
    fc.assert(
      fc.property(all, (given) => {
        try {
          helpers[name]?.(...given);
        } catch (error) {
          expectOurs(error, expected);
        }
      }),
      { numRuns: 150 },
    );
  });
});

it("an error that the caller's own getter throws is passed on", async () => {
  const { dixa, sent } = fakeDixa();
  const own = new Error('mine');
  const subscription = {
    ...newSubscription,
    get enabled(): boolean {
      throw own;
    },
  };
  await expect(dixa.create(subscription)).rejects.toBe(own);
  expect(sent).toHaveLength(0);
});
